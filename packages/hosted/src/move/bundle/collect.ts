import {
  Cluster,
  ConfigMap,
  type HostedCluster,
  type HostedControlPlane,
  LocalCluster,
  LocalMachine,
  LocalMachineTemplate,
  Machine,
  MachineDeployment,
  MachineHealthCheck,
  MachineSet,
  NodePool,
  Secret,
} from '@godwit/api';
import { apiVersionOf, type Client, type KubeObject, type Resource } from '@godwit/kube';
import { AUTHORITIES } from '../../control-plane/pki/authorities.ts';
import { TOKEN_KEYS_SECRET } from '../../control-plane/pki/token-keys.ts';
import { RESTORE_URL_SECRET } from '../../etcd/index.ts';
import { allReferencesOf } from '../../hosted-cluster/copies/references.ts';
import { listServed } from '../list-served.ts';
import type { Place } from '../scope.ts';
import type { Bundle } from './bundle.ts';
import { strip } from './strip.ts';

/** What a bundle was made from: the objects as they were read, and what was referred to and is not there. */
export type Collected = { bundle: Bundle; versions: ReadonlyMap<string, string>; missing: readonly string[] };

/** Everything that one hosted cluster consists of on its management cluster. */
export type Whole = { cluster: HostedCluster; controlPlane: HostedControlPlane };

/** Kinds of machines in the order in which their owners come before them. */
export const MACHINE_KINDS: readonly Resource[] = [
  Cluster,
  LocalCluster,
  LocalMachineTemplate,
  MachineDeployment,
  MachineHealthCheck,
  MachineSet,
  Machine,
  LocalMachine,
];

/** Secrets that the destination makes itself, by their type: they mean nothing under another API server. */
const NOT_MOVED = new Set(['kubernetes.io/service-account-token', 'kubernetes.io/dockercfg']);

const typed = (resource: Resource, object: KubeObject): KubeObject => ({
  ...object,
  apiVersion: apiVersionOf(resource),
  kind: resource.kind,
});

const listed = async (client: Client, resource: Resource, namespace: string): Promise<KubeObject[]> =>
  (await listServed(client, resource, namespace)).map((object) => typed(resource, object));

type Named = { path: string; kind: 'Secret' | 'ConfigMap'; name: string };

/** What a hosted cluster and its pools refer to in their own namespace. */
export const referencesOf = (cluster: HostedCluster, pools: readonly NodePool[]): Named[] => [
  ...allReferencesOf(cluster.spec),
  ...pools.flatMap(({ metadata, spec }) =>
    (['config', 'tuningConfig'] as const).flatMap((field) =>
      (spec[field] ?? []).map(({ name = '' }) => ({ path: `NodePool ${metadata.name} spec.${field}`, kind: 'ConfigMap' as const, name })),
    ),
  ),
];

const versionOf = ({ kind, metadata }: KubeObject): readonly [string, string] => [
  `${kind} ${metadata.namespace}/${metadata.name}`,
  metadata.resourceVersion ?? '',
];

const readReferences = async (client: Client, namespace: string, references: readonly Named[]) => {
  const unique = [...new Map(references.map((each) => [`${each.kind} ${each.name}`, each])).values()];
  const found = await Promise.all(
    unique.map(async ({ kind, name, path }) => {
      const resource = kind === 'Secret' ? Secret : ConfigMap;
      const object = await client.get<KubeObject>(resource, { namespace, name });
      return { object: object && typed(resource, object), label: `${kind} ${namespace}/${name} (${path})` };
    }),
  );
  return {
    objects: found.flatMap(({ object }) => object ?? []),
    missing: found.flatMap(({ object, label }) => (object === undefined ? [label] : [])),
  };
};

const isKey = (secret: KubeObject): boolean => !NOT_MOVED.has((secret as Secret).type ?? '') && secret.metadata.name !== RESTORE_URL_SECRET;

/** Secrets without which nodes, tokens and certificates of the hosted cluster are void; a bundle that lacks one moves nothing. */
const ESSENTIAL = [...AUTHORITIES, TOKEN_KEYS_SECRET];

const lacking = (keys: readonly KubeObject[], home: string): string[] =>
  ESSENTIAL.filter((name) => !keys.some(({ metadata }) => metadata.name === name)).map(
    (name) => `Secret ${home}/${name} (key of the control plane)`,
  );

/** Collects everything of a hosted cluster by following its references, never by how things are called. */
export const collect = async (client: Client, place: Place, whole: Whole, move: string, withMachines: boolean): Promise<Collected> => {
  const { namespace, name, home } = place;
  const pools = (await client.list(NodePool, { namespace })).items.filter(({ spec }) => spec.clusterName === name);
  const { objects: references, missing } = await readReferences(client, namespace, referencesOf(whole.cluster, pools));
  const keys = (await listed(client, Secret, home)).filter(isKey);
  const machines = withMachines ? (await Promise.all(MACHINE_KINDS.map((kind) => listed(client, kind, home)))).flat() : [];
  const cluster = whole.cluster as KubeObject;
  const controlPlane = whole.controlPlane as KubeObject;
  const poolObjects = pools.map((pool) => typed(NodePool, pool as KubeObject));
  const all = [...references, ...keys, controlPlane, ...machines, cluster, ...poolObjects];
  return {
    bundle: {
      version: 1,
      move,
      source: place,
      references: references.map(strip),
      keys: keys.map(strip),
      controlPlane: strip(controlPlane),
      machines: machines.map(strip),
      cluster: strip(cluster),
      pools: poolObjects.map(strip),
    },
    versions: new Map(all.map(versionOf)),
    missing: [...missing, ...lacking(keys, home)],
  };
};

/** What was changed between two readings, by kind and name. */
export const changedSince = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name)).toSorted();
