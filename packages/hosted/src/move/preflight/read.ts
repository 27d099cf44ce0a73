import { annotations, ConfigMap, HostedCluster, HostedClusterMigration, Machine, Namespace, Service, StorageClass } from '@godwit/api';
import { type Client, isApiError } from '@godwit/kube';
import { StoreError } from '@godwit/objectstore';
import { hostnameOf } from '../../control-plane/publish/services.ts';
import { publishingOf } from '../../control-plane/read-control-plane.ts';
import { ownerOf } from '../../dns/ownership.ts';
import { pauseOf } from '../../hosted-cluster/pause/paused-until.ts';
import { releaseProblem } from '../../release/release-check.ts';
import { identityOf } from '../fence/identity.ts';
import { FIELD_MANAGER, keysOf, MOVED_BY } from '../names.ts';
import { readReleaseOf } from '../read-release.ts';
import { clusterAt, poolsAt, type Scope } from '../scope.ts';
import type { PreflightFacts } from './facts.ts';
import { judgeReferences, poolsInTheWay } from './references.ts';
import { rivalOf } from './rival.ts';

/** The server's clock: it stamps what it would create. */
const timeOn = async (client: Client, namespace: string): Promise<Date> => {
  const probe = { metadata: { namespace, generateName: 'godwit-clock-' } };
  const made = await client.create(ConfigMap, probe as never, { dryRun: true, fieldManager: FIELD_MANAGER });
  return new Date(made.metadata.creationTimestamp ?? 0);
};

const SERVICES = ['APIServer', 'Konnectivity', 'Ignition', 'OAuthServer'] as const;

const servicesOf = (cluster: HostedCluster | undefined): PreflightFacts['services'] =>
  SERVICES.map((service) => {
    const publishing = publishingOf(cluster?.spec.services ?? [], service);
    return {
      service,
      type: publishing.type,
      host: hostnameOf(publishing),
      nodePort: publishing.type === 'NodePort' ? publishing.port : undefined,
    };
  });

/** Whether the store takes and gives. Throws when it is away: it may come back, and the phase is tried again. */
export const storeFacts = async ({ store, move }: Pick<Scope, 'store' | 'move'>): Promise<PreflightFacts['store']> => {
  const key = `${keysOf(move).snapshot}.preflight`;
  try {
    await store.put(key, 'Who can read this can read a snapshot.\n');
    const isPublic = await store.readableByAnyone(key, {});
    await store.delete([key]);
    return { url: store.url, fault: undefined, isPublic };
  } catch (error) {
    if (error instanceof StoreError && error.fault !== 'unreachable') return { url: store.url, fault: error.message, isPublic: false };
    throw error;
  }
};

const releaseFault = async (scope: Scope, cluster: HostedCluster | undefined): Promise<string | undefined> => {
  if (cluster === undefined) return undefined;
  const release = await readReleaseOf(scope, cluster);
  if ('fault' in release) return release.fault;
  return releaseProblem({
    current: release.version,
    next: release.version,
    supported: scope.world.settings.versions,
    networkType: cluster.spec.networking.networkType,
    platformType: cluster.spec.platform.type,
  });
};

const served = async (client: Client): Promise<boolean> => {
  try {
    await client.list(Machine, { namespace: 'default' });
    return true;
  } catch (error) {
    if (isApiError(error, 'NotFound')) return false;
    throw error;
  }
};

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

type Reading<Key extends keyof PreflightFacts> = Promise<Pick<PreflightFacts, Key>>;

const clockAndIdentity = async (scope: Scope, side: 'source' | 'target', namespace: string): Promise<PreflightFacts['source']> => {
  const [uid, time] = await Promise.all([identityOf(scope, side), timeOn(scope[side], namespace)]);
  return { uid, time };
};

const clusterFacts = ({ world }: Scope, cluster: HostedCluster | undefined): PreflightFacts['cluster'] =>
  cluster && {
    infraID: cluster.spec.infraID ?? '',
    release: cluster.spec.release.image,
    paused: pauseOf(cluster.spec.pausedUntil, world.clock.now()).paused,
    fenced: cluster.metadata.annotations?.[annotations.fence],
    deleting: cluster.metadata.deletionTimestamp !== undefined,
    storageClass: cluster.spec.etcd.managed?.storage?.persistentVolume?.storageClassName,
  };

/** What of other hosted clusters and moves stands in the way on the destination. */
const rivals = async ({ target, at, move }: Scope): Reading<'there' | 'home' | 'rival'> => {
  const { uid } = move.metadata;
  const [clusters, moves, home] = await Promise.all([
    target.list(HostedCluster),
    target.list(HostedClusterMigration),
    target.get(Namespace, { name: at.target.home }),
  ]);
  const rival = rivalOf(move, moves.items);
  return {
    there: clusters.items
      .filter(({ metadata }) => metadata.annotations?.[MOVED_BY] !== uid)
      .map((each) => ({
        name: `${each.metadata.namespace}/${each.metadata.name}`,
        infraID: each.spec.infraID,
        hosts: servicesOf(each).flatMap(({ host }) => host ?? []),
      })),
    home: home === undefined || home.metadata.annotations?.[MOVED_BY] === uid ? undefined : at.target.home,
    rival: rival && `${rival.metadata.namespace}/${rival.metadata.name}`,
  };
};

/** What the hosted cluster consists of besides itself: it must be whole on the source, and free to come to the destination. */
const parts = async (scope: Scope, cluster: HostedCluster | undefined): Reading<'missing' | 'differing' | 'takenPools' | 'goingPools'> => {
  if (cluster === undefined) return { missing: [], differing: [], takenPools: [], goingPools: [] };
  const pools = await poolsAt(scope);
  const [references, takenPools] = await Promise.all([judgeReferences(scope, cluster, pools), poolsInTheWay(scope, pools)]);
  const going = pools.filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
  return { ...references, takenPools, goingPools: going.map(({ metadata }) => metadata.name ?? '') };
};

/** What the destination offers. */
const offers = async ({ target }: Scope): Reading<'storageClasses' | 'takenPorts' | 'capi'> => {
  const [classes, services, capi] = await Promise.all([target.list(StorageClass), target.list(Service), served(target)]);
  return {
    storageClasses: classes.items.map(({ metadata }) => ({
      name: metadata.name ?? '',
      isDefault: metadata.annotations?.[DEFAULT_CLASS] === 'true',
    })),
    takenPorts: new Set(services.items.flatMap(({ spec }) => (spec?.ports ?? []).flatMap(({ nodePort }) => nodePort ?? []))),
    capi,
  };
};

/** What DNS says of the names; of one outside of the zone its server says nothing. Throws when it does not answer. */
const namesInDns = async (
  { world: { dns, settings } }: Scope,
  services: PreflightFacts['services'],
): Reading<'owners' | 'unmarked' | 'owner' | 'zone'> => {
  const hosts = services.flatMap(({ host }) => host ?? []);
  const recordsIn = async (host: string) => (dns && host.endsWith(`.${dns.domain}`) ? await dns.records(host) : []);
  const found = await Promise.all(hosts.map(async (host) => [host, await recordsIn(host)] as const));
  return {
    owners: new Map(found.map(([host, records]) => [host, ownerOf(records)])),
    unmarked: new Set(found.flatMap(([host, records]) => (records.length > 0 && ownerOf(records) === undefined ? [host] : []))),
    owner: settings.managementCluster,
    zone: dns?.domain,
  };
};

/** Reads everything that the preflight judges; nothing is changed but for a small object that comes and goes in the bucket. */
export const readPreflight = async (scope: Scope): Promise<PreflightFacts> => {
  const { at, move, world } = scope;
  const cluster = await clusterAt(scope, 'source');
  const services = servicesOf(cluster);
  const [source, target, others, offered, names, store, releaseProblem, consists] = await Promise.all([
    clockAndIdentity(scope, 'source', at.source.namespace),
    clockAndIdentity(scope, 'target', move.metadata.namespace ?? ''),
    rivals(scope),
    offers(scope),
    namesInDns(scope, services),
    storeFacts(scope),
    releaseFault(scope, cluster),
    parts(scope, cluster),
  ]);
  return {
    source,
    target,
    expected: move.spec.source.clusterUID,
    ...others,
    ...offered,
    ...names,
    ...consists,
    cluster: clusterFacts(scope, cluster),
    services,
    releaseProblem,
    wanted: `${at.target.namespace}/${at.target.name}`,
    store,
    hasMachines: move.spec.mode === 'WithNodes' && cluster?.metadata.annotations?.[annotations.infrastructure] === 'local',
    now: world.clock.now(),
  };
};
