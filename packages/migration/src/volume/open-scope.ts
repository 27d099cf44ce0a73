import { ConfigMap, type DirectVolumeMigration, MigMigration, Pod } from '@godwit/api';
import { keyOf, type Reader } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import type { World } from '../world.ts';
import { findOnce } from './find.ts';
import { TRANSFER_APP } from './names.ts';
import { dataOf, type Notes, podsOf, type Scope } from './scope.ts';
import { readOptions } from './transfer/options.ts';
import { parseProxy } from './transfer/tunnel.ts';

/** Volumes copied at a time by one DirectVolumeMigration. */
const CONCURRENCY = 8;

/** Selects the pods of all transfers. */
export const TRANSFER_PODS = `app=${TRANSFER_APP}`;

/** Nothing learned yet. */
export const noNotes = (): Notes => ({
  endpoint: undefined,
  compared: new Map(),
  withoutRoot: new Set(),
  observed: new Map(),
  endings: new Map(),
  finished: new Set(),
  progress: new Map(),
});

const configOf = async ({ cache }: World, client: Client, namespace: string, name: string): Promise<Readonly<Record<string, string>>> =>
  dataOf((await cache(client, ConfigMap, { namespace })).get({ namespace, name }));

const ownerOf = async ({ cache, connections }: World, { metadata }: DirectVolumeMigration): Promise<MigMigration | undefined> => {
  const { namespace = '', ownerReferences = [] } = metadata;
  const owner = ownerReferences.find(({ kind }) => kind === MigMigration.kind);
  return owner && (await cache(connections.host, MigMigration, { namespace })).get({ namespace, name: owner.name });
};

/** Connects a copy with both clusters. */
export const openScope = async (
  world: World,
  dvm: DirectVolumeMigration,
  { source, target }: { source: Client; target: Client },
  notes: Notes,
): Promise<Scope> => {
  const { namespace, transferImage } = world.settings;
  const { host } = world.connections;
  const read = (client: Client): Promise<Reader<Pod>> => world.cache(client, Pod, { labelSelector: TRANSFER_PODS });
  const [settings, owner, sourceConfig, targetConfig, sourcePods, targetPods] = await Promise.all([
    configOf(world, host, namespace, 'migration-controller'),
    ownerOf(world, dvm),
    configOf(world, source, namespace, 'migration-cluster-config'),
    configOf(world, target, namespace, 'migration-cluster-config'),
    read(source),
    read(target),
  ]);
  const side = (client: Client, config: Readonly<Record<string, string>>, pods: Reader<Pod>) => ({
    client,
    find: findOnce(client),
    config,
    pods: () => podsOf(pods.list(), dvm),
    image: transferImage ?? config['RSYNC_TRANSFER_IMAGE'] ?? '',
  });
  const { options, invalid } = readOptions(settings);
  const proxy = settings['STUNNEL_TCP_PROXY'];
  return {
    clock: world.clock,
    host,
    source: side(source, sourceConfig, sourcePods),
    target: side(target, targetConfig, targetPods),
    settings,
    options,
    invalidOptions: invalid,
    proxy: proxy ? parseProxy(proxy) : undefined,
    owner,
    concurrency: CONCURRENCY,
    notes,
    addresses: new Map(),
    taskPrefix: `${keyOf(dvm)}#`,
  };
};
