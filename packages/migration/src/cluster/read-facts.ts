import { ConfigMap, ImageStream, type MigCluster, Secret } from '@godwit/api';
import { type Client, isApiError } from '@godwit/kube';
import type { World } from '../world.ts';
import type { ClusterFacts, TokenFacts } from './facts.ts';
import { missingRights, probeConnection } from './probe.ts';
import { registryOfImageStream, registryPathOf } from './registry-path.ts';
import { tokenOf } from './token.ts';

const CONFIG = 'migration-cluster-config';

/** ConfigMap `migration-cluster-config` of a cluster; empty when there is none. */
export const clusterConfig = async ({ cache, settings: { namespace } }: World, client: Client): Promise<Record<string, string>> =>
  (await cache(client, ConfigMap, { namespace })).get({ namespace, name: CONFIG })?.data ?? {};

const readToken = async ({ cache, connections }: World, cluster: MigCluster): Promise<TokenFacts | undefined> => {
  const { namespace = cluster.metadata.namespace ?? '', name } = cluster.spec.serviceAccountSecretRef ?? {};
  if (!name) return undefined;
  return tokenOf((await cache(connections.host, Secret, { namespace })).get({ namespace, name }));
};

const usableUrl = (url: string | undefined): boolean => url !== undefined && URL.canParse(url) && new URL(url).protocol === 'https:';

/** The registry that a cluster has inside, for the host; undefined without image streams. */
const internalRegistry = async (client: Client): Promise<string | undefined> => {
  try {
    for await (const { items } of client.pages(ImageStream, { namespace: 'openshift', pageSize: 1 }))
      return registryOfImageStream(items[0]?.status?.dockerImageRepository);
    return undefined;
  } catch (fault) {
    if (isApiError(fault)) return undefined; // the API is not served here
    throw fault;
  }
};

/** What a MigCluster shows: where its registry is. */
export const findRegistry = async (client: Client, { spec }: MigCluster): Promise<string | undefined> => {
  const exposed = registryPathOf(spec.exposedRegistryPath);
  return exposed ?? (spec.isHostCluster ? internalRegistry(client) : undefined);
};

/** Reads what the checks of a MigCluster judge, as far as one step allows the next. */
export const readClusterFacts = async (world: World, cluster: MigCluster): Promise<ClusterFacts & { client?: Client }> => {
  const isHost = cluster.spec.isHostCluster === true;
  const secret = isHost ? undefined : await readToken(world, cluster);
  if (!isHost && (!usableUrl(cluster.spec.url) || !secret?.token)) return { cluster, secret };
  const client = await world.connections.of(cluster.metadata);
  const connection = await probeConnection(client);
  if (!connection.reached) return { cluster, secret, connection };
  const missing = isHost ? [] : await missingRights(client);
  if (missing.length > 0) return { cluster, secret, connection, missingRights: missing };
  const here = (await clusterConfig(world, world.connections.host)).OPERATOR_VERSION;
  const there = isHost ? here : (await clusterConfig(world, client)).OPERATOR_VERSION;
  return { cluster, secret, connection, missingRights: missing, operator: { here, there }, client };
};
