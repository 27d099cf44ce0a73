import { type DnsState, describeSet, type Progress, pushReleases, startSet, step } from '@godwit/devcluster';
import { type LocalSet, openLocalSet } from '../local-set.ts';
import { apply, installApi } from '../manifests.ts';

/** The two management clusters of a set, by the names of their contexts. */
export type Side = 'alpha' | 'beta';

/** The management cluster that is not this one. */
export const otherSide = (side: Side): Side => (side === 'alpha' ? 'beta' : 'alpha');

/** Two management clusters with a name server, a registry that holds the releases, and machines for workers. */
export type HostedSet = LocalSet & { dns: DnsState; registry: string; releases: Record<string, string> };

/** Namespace of HostedClusters and NodePools. */
export const CLUSTERS = 'clusters';
/** Namespace of the operator and of moves. */
export const OPERATOR = 'hypershift';

const prepare = async (set: HostedSet, side: Side): Promise<void> => {
  await installApi(set[side]);
  await apply(set[side], ...[CLUSTERS, OPERATOR].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })));
};

/** Opens a running set, with the releases in its registry and our kinds installed on both clusters. */
export const openHostedSet = async (id: string, progress: Progress): Promise<HostedSet> => {
  const { dns, registry } = describeSet(id) ?? {};
  if (dns === undefined || registry === undefined) throw new Error(`set ${id} has no name server; remove it: godwit-dev down --set ${id}`);
  const releases = await pushReleases(id, progress);
  const set = { ...(await openLocalSet(id)), dns, registry, releases };
  await step(progress, 'install the kinds on both management clusters', async () => {
    for (const side of ['alpha', 'beta'] as const) await prepare(set, side);
  });
  return set;
};

/** Starts the set, or finds it running, and opens it. */
export const startHostedSet = async (id: string, progress: Progress): Promise<HostedSet> => {
  await startSet({ id, clusters: ['alpha', 'beta'], hosted: true, progress });
  return openHostedSet(id, progress);
};
