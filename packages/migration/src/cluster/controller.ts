import { type Condition, MigCluster, Secret } from '@godwit/api';
import { type Controller, keyOf, nameOf, type Reader, type Round, timeOf } from '@godwit/controller';
import { judgeUntilCritical } from '../shared/check.ts';
import { reportingFailure } from '../shared/reconcile-failed.ts';
import { record } from '../shared/record.ts';
import { retestAfter } from '../shared/retest.ts';
import { settledConditions } from '../shared/settle.ts';
import { specChanges } from '../shared/source-of.ts';
import type { World } from '../world.ts';
import { clusterChecks } from './checks.ts';
import { findRegistry, readClusterFacts } from './read-facts.ts';

const READY = 'The cluster is ready.';

const refersTo = (cluster: MigCluster, { metadata }: Secret): boolean => {
  const { namespace = cluster.metadata.namespace, name } = cluster.spec.serviceAccountSecretRef ?? {};
  return name === metadata.name && namespace === metadata.namespace;
};

const watchSecrets = ({ connections }: World, clusters: Reader<MigCluster>, cluster: MigCluster, round: Round): void => {
  const { namespace = cluster.metadata.namespace ?? '', name } = cluster.spec.serviceAccountSecretRef ?? {};
  if (!name) return;
  const keys = (secret: Secret): string[] =>
    clusters
      .list()
      .filter((each) => refersTo(each, secret))
      .map(keyOf);
  round.watch({ client: connections.host, resource: Secret, namespace, keys });
};

const judge = async (world: World, cluster: MigCluster): Promise<Condition[]> => {
  const { client, ...facts } = await readClusterFacts(world, cluster);
  const registryPath = client === undefined ? cluster.status?.registryPath : await findRegistry(client, cluster);
  const operatorVersion = facts.operator?.there ?? cluster.status?.operatorVersion;
  const conditions = settledConditions(
    cluster.status?.conditions ?? [],
    judgeUntilCritical(clusterChecks, facts),
    timeOf(world.clock.now()),
    { message: READY },
  );
  const status = { conditions, registryPath: registryPath ?? null, operatorVersion: operatorVersion ?? null };
  await record(world, MigCluster, cluster, { status });
  return conditions;
};

/** Tests that the clusters can be reached with the rights that a migration needs, and says what is wrong. */
export const migClusterController = (world: World): Controller => ({
  name: 'migcluster',
  sources: [specChanges(world.connections.host, MigCluster, world.settings.namespace)],
  reconcile: async (key, round) => {
    const clusters = await world.cache(world.connections.host, MigCluster, { namespace: world.settings.namespace });
    const cluster = await world.connections.host.get(MigCluster, nameOf(key));
    if (cluster === undefined || cluster.metadata.deletionTimestamp !== undefined) return undefined;
    watchSecrets(world, clusters, cluster, round);
    return { after: retestAfter(await reportingFailure(world, MigCluster, cluster, () => judge(world, cluster))) };
  },
});
