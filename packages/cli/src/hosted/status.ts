import {
  annotations,
  Cluster,
  type ControlPlaneComponent,
  EtcdBackupRecord,
  type HostedCluster,
  MachineDeployment,
  type NodePool,
} from '@godwit/api';
import { type Client, isApiError, type KubeObject, type Resource } from '@godwit/kube';
import { componentsOf, homeOf, planeOf, poolsOf } from './find.ts';
import { isPaused } from './paused.ts';

/** Everything that the status of a hosted cluster tells. */
export type HostedStatus = {
  cluster: HostedCluster;
  components: readonly ControlPlaneComponent[];
  pools: readonly NodePool[];
  /** What is still paused although the cluster is not, as `Kind name`. */
  leaked: readonly string[];
  /** The newest record of a backup of its etcd. */
  backup: EtcdBackupRecord | undefined;
};

/** Objects of a kind; none where the cluster does not serve it. */
const listedOrNone = async <T extends KubeObject>(client: Client, resource: Resource<T>, namespace: string): Promise<T[]> => {
  try {
    return (await client.list(resource, { namespace })).items;
  } catch (error) {
    if (isApiError(error) && error.status === 404) return [];
    throw error;
  }
};

const newest = (records: readonly EtcdBackupRecord[]): EtcdBackupRecord | undefined =>
  records.toSorted((a, b) => a.spec.taken.localeCompare(b.spec.taken)).at(-1);

const nameIn = ({ kind, metadata }: KubeObject): string => `${kind} ${metadata.name}`;

/** Children of a working cluster that are left paused, as after a backup that broke off. */
const leakedBy = async (client: Client, cluster: HostedCluster, pools: readonly NodePool[], now: Date): Promise<string[]> => {
  const namespace = homeOf(cluster);
  const [plane, machines, sets] = await Promise.all([
    planeOf(client, cluster),
    listedOrNone(client, Cluster, namespace),
    listedOrNone(client, MachineDeployment, namespace),
  ]);
  const resting = new Set(pools.filter((pool) => isPaused(pool, now)).map(({ metadata }) => metadata.name));
  return [
    ...(isPaused(cluster, now)
      ? []
      : [
          ...(plane?.spec.pausedUntil !== undefined && isPaused(plane, now) ? [nameIn(plane)] : []),
          ...machines.filter(({ spec }) => spec.paused === true).map(nameIn),
        ]),
    ...sets
      .filter(({ metadata }) => metadata.annotations?.[annotations.clusterApiPaused] !== undefined && !resting.has(metadata.name))
      .map(nameIn),
  ];
};

/** Reads the status of a hosted cluster; nothing is changed. */
export const readStatus = async (client: Client, cluster: HostedCluster, now: Date): Promise<HostedStatus> => {
  const [components, pools, records] = await Promise.all([
    componentsOf(client, cluster),
    poolsOf(client, cluster),
    listedOrNone(client, EtcdBackupRecord, homeOf(cluster)),
  ]);
  return { cluster, components, pools, leaked: await leakedBy(client, cluster, pools, now), backup: newest(records) };
};
