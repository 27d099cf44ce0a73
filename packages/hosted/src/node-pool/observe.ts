import {
  annotations,
  ConfigMap,
  type HostedCluster,
  HostedControlPlane,
  labels,
  Machine,
  MachineDeployment,
  type NodePool,
  Secret,
} from '@godwit/api';
import type { Client } from '@godwit/kube';
import { publishedAt } from '../control-plane/publish/endpoint.ts';
import { publishingOf } from '../control-plane/read-control-plane.ts';
import { IGNITION_PORT } from '../ignition/publish.ts';
import { components, controlPlaneNamespace, copies } from '../names.ts';
import { ReleaseError } from '../release/release.ts';
import type { World } from '../world.ts';
import type { IgnitionFacts, PoolFacts, ReadRelease } from './facts.ts';
import { clusterVersion } from './judge/release.ts';

/** Key of a pool as annotations name it. */
export const poolKey = ({ metadata }: NodePool): string => `${metadata.namespace}/${metadata.name}`;

/** Namespace of the control plane that a pool belongs to. */
export const namespaceOf = ({ metadata, spec }: NodePool): string =>
  controlPlaneNamespace({ namespace: metadata.namespace ?? '', name: spec.clusterName });

const decoded = (secret: Secret | undefined, key: string): string | undefined => {
  const value = secret?.data?.[key];
  return value === undefined ? undefined : Buffer.from(value, 'base64').toString();
};

const readRelease = async ({ releases }: World, image: string, access: { pullSecret?: string; trust?: string }): Promise<ReadRelease> => {
  try {
    return { ok: true, release: await releases.read(image, access) };
  } catch (error) {
    if (error instanceof ReleaseError) return { ok: false, message: error.message };
    throw error;
  }
};

const ownConfigs = (management: Client, { metadata, spec }: NodePool) =>
  Promise.all(
    (spec.config ?? []).map(async ({ name = '' }) => ({
      name,
      found: await management.get(ConfigMap, { namespace: metadata.namespace, name }),
    })),
  );

const ignitionFacts = (controlPlane: HostedControlPlane | undefined, authority: ConfigMap | undefined): IgnitionFacts => {
  const publishing = publishingOf(controlPlane?.spec.services ?? [], 'Ignition');
  const { endpoint } = publishedAt(publishing, IGNITION_PORT, components.ignition, undefined);
  return {
    endpoint: endpoint === undefined ? undefined : `${endpoint.host}:${endpoint.port}`,
    authority: authority?.data?.['ca.crt'],
  };
};

/** Reads everything that a pool is judged by. */
export const observePool = async (world: World, pool: NodePool, cluster: HostedCluster): Promise<PoolFacts> => {
  const { management, cache, clock } = world;
  const namespace = namespaceOf(pool);
  const [controlPlanes, configMaps, { items: secrets }, deployments, machines, own] = await Promise.all([
    cache(management, HostedControlPlane),
    cache(management, ConfigMap, { namespace }),
    management.list(Secret, { namespace }), // not from a watch: a token that is not seen would be replaced
    cache(management, MachineDeployment, { namespace }),
    cache(management, Machine, { namespace }),
    ownConfigs(management, pool),
  ]);
  const controlPlane = controlPlanes.get({ namespace, name: cluster.metadata.name ?? '' });
  const pullSecret = decoded(
    secrets.find(({ metadata }) => metadata.name === copies.pullSecret),
    '.dockerconfigjson',
  );
  const trust = configMaps.get({ namespace, name: copies.trustBundle })?.data?.['ca-bundle.crt'];
  const access = { ...(pullSecret === undefined ? {} : { pullSecret }), ...(trust === undefined ? {} : { trust }) };
  const [release, wanted] = await Promise.all(
    [pool.spec.release.image, cluster.spec.release.image].map((image) => readRelease(world, image, access)),
  );
  const key = poolKey(pool);
  return {
    pool,
    cluster,
    namespace,
    release: release ?? { ok: false, message: '' },
    clusterVersion: clusterVersion(cluster.status?.version?.history, wanted?.ok ? wanted.release.version : undefined),
    config: { own, core: configMaps.list(namespace).filter(({ metadata }) => metadata.labels?.[labels.coreIgnitionConfig] === 'true') },
    pullSecret: Buffer.from(pullSecret ?? ''),
    trustBundle: trust ?? '',
    ignition: ignitionFacts(controlPlane, configMaps.get({ namespace, name: 'root-ca' })),
    secrets: secrets.filter(({ metadata }) => metadata.annotations?.[annotations.nodePool] === key),
    deployment: deployments.get({ namespace, name: pool.metadata.name ?? '' }),
    machines: machines.list(namespace).filter(({ metadata }) => metadata.labels?.[labels.deploymentName] === pool.metadata.name),
    now: clock.now(),
  };
};
