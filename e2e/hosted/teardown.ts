import type { HostedClusterMigration } from '@godwit/api';
import { CLUSTERS, type HostedSet, otherSide, type Side } from '../support/hosted/hosted-set.ts';
import { MOVES_PREFIX } from '../support/hosted/move.ts';
import { HOME, SAMPLE, sampleCluster } from '../support/hosted/sample.ts';
import { readCluster } from '../support/hosted/start-sample.ts';
import { storeOf } from '../support/hosted/store.ts';
import { apply } from '../support/manifests.ts';
import { until } from '../support/until.ts';
import type { Stage } from './stage.ts';

const KINDS =
  'hostedclusters,nodepools,hostedcontrolplanes,controlplanecomponents,machines,machinesets,machinedeployments,localmachines,localclusters';

/** Line 7: nothing of the hosted cluster is left where it was, its snapshot is, and it cannot be made there a second time. */
export const proveTeardown = async ({ set, score }: Stage, now: Side, move: HostedClusterMigration): Promise<void> => {
  const old = otherSide(now);
  const left = await set[old].run(['get', KINDS, '--all-namespaces', '-o', 'name', '--ignore-not-found']);
  const home = await set[old].run(['get', 'namespace', HOME, '-o', 'name', '--ignore-not-found']);
  const roles = await set[old].run(['get', 'clusterroles,clusterrolebindings', '-o', 'name']);
  const names = [...`${left} ${home}`.split(/\s+/).filter(Boolean), ...roles.split('\n').filter((name) => name.includes(`/${HOME}`))];
  score.holds(`nothing of the hosted cluster is left on ${old}`, names.length === 0, names.join(', '));
  const key = `${SAMPLE}/${move.metadata.uid}/etcd.db`;
  const stored = await storeOf(set, MOVES_PREFIX).stat(key);
  score.holds('its snapshot is still in the bucket', stored !== undefined && stored.bytes > 0, `${key}, ${stored?.bytes} bytes`);
  await refuseAnew(set, old, score);
};

const refuseAnew = async (set: HostedSet, old: Side, score: Stage['score']): Promise<void> => {
  await apply(set[old], sampleCluster(set));
  const refused = await until('the second cluster of that name to be refused', 60, async () => {
    const conditions = (await readCluster(set, old))?.status?.conditions ?? [];
    return conditions.find(({ reason }) => reason === 'Fenced');
  }).catch(() => undefined);
  const home = await set[old].run(['get', 'namespace', HOME, '-o', 'name', '--ignore-not-found']);
  score.holds(`a cluster of that name is refused on ${old}`, refused !== undefined && home === '', refused?.message ?? 'nobody refused it');
  await set[old].run(['delete', 'hostedcluster', SAMPLE, '-n', CLUSTERS, '--timeout=120s']);
};
