import { ConfigMap, Deployment, HostedControlPlane, Pod, Secret, Service, StatefulSet } from '@godwit/api';
import type { Reader, Round } from '@godwit/controller';
import type { KubeObject, Resource } from '@godwit/kube';
import { components, copies } from '../names.ts';
import type { World } from '../world.ts';
import type { Manifest } from './manifest.ts';

/** What the namespace of a control plane holds, as watches show it; own writes may not be in it yet. */
export type Seen = {
  /** The object of a manifest; undefined also for kinds that are not watched. */
  of(manifest: Manifest): KubeObject | undefined;
  secrets: readonly Secret[];
  /** Authorities that the control plane trusts besides the system's, PEM. */
  trustBundle: string | undefined;
  service(name: string): Service | undefined;
  deployment(name: string): Deployment | undefined;
  statefulSet(name: string): StatefulSet | undefined;
  etcdPods: readonly Pod[];
};

/** Kinds whose objects are watched, and repaired when somebody changes them. */
export const WATCHED: readonly Resource[] = [Secret, ConfigMap, Service, Deployment, StatefulSet];

const ETCD_PODS = `app=${components.etcd}`;

/** Wakes the control plane of a namespace by whatever changes in it; there is one in each namespace. */
export const watchNamespace = (world: World, round: Round, namespace: string, keyIn: (namespace: string) => readonly string[]): void => {
  const keys = ({ metadata }: KubeObject) => keyIn(metadata.namespace ?? '');
  for (const resource of WATCHED) round.watch({ client: world.management, resource, namespace, keys });
  round.watch({ client: world.management, resource: Pod, namespace, labelSelector: ETCD_PODS, keys });
};

/** Reads the namespace of a control plane from the shared watches. */
export const see = async ({ cache, management }: World, namespace: string): Promise<Seen> => {
  const read = <T extends KubeObject>(resource: Resource<T>, labelSelector?: string) =>
    cache(management, resource, { namespace, labelSelector });
  const readers = new Map<Resource, Reader<KubeObject>>();
  await Promise.all(WATCHED.map(async (resource) => readers.set(resource, await read(resource))));
  const [secrets, configMaps, services, deployments, statefulSets, pods] = await Promise.all([
    read<Secret>(Secret),
    read<ConfigMap>(ConfigMap),
    read<Service>(Service),
    read<Deployment>(Deployment),
    read<StatefulSet>(StatefulSet),
    read<Pod>(Pod, ETCD_PODS),
  ]);
  return {
    of: ({ resource, object }) => readers.get(resource)?.get({ namespace, name: object.metadata.name ?? '' }),
    secrets: secrets.list(namespace),
    trustBundle: configMaps.get({ namespace, name: copies.trustBundle })?.data?.['ca-bundle.crt'],
    service: (name) => services.get({ namespace, name }),
    deployment: (name) => deployments.get({ namespace, name }),
    statefulSet: (name) => statefulSets.get({ namespace, name }),
    etcdPods: pods.list(namespace),
  };
};

/** The control plane itself, past every cache. */
export const readSubject = ({ management }: World, name: { namespace?: string | undefined; name: string }) =>
  management.get(HostedControlPlane, name);
