import type { HostedCluster, NodePool } from '@godwit/api';
import { pauseWords } from '../hosted/paused.ts';
import type { Printing } from './print-objects.ts';
import { conditionOf } from './standard-conditions.ts';

const completed = (history: readonly { state: string; version?: string | undefined }[] | undefined): string | undefined =>
  history?.find(({ state }) => state === 'Completed')?.version;

/** Version of a hosted cluster that was rolled out as a whole; that of its control plane alone before its nodes have it. */
export const versionOf = ({ status }: HostedCluster): string | undefined =>
  completed(status?.version?.history) ?? completed(status?.controlPlaneVersion?.history);

/** Paused as one word for tables: it must be seen wherever the object is. */
const paused = (object: HostedCluster | NodePool): string =>
  pauseWords(object, new Date()) === undefined ? 'no' : (object.spec.pausedUntil ?? 'yes');

/** How hosted clusters are shown. */
export const hostedPrinting: Printing<HostedCluster> = {
  noun: 'hosted',
  columns: [
    { name: 'VERSION', value: versionOf },
    { name: 'PROGRESS', value: ({ status }) => status?.version?.history?.[0]?.state },
    { name: 'AVAILABLE', value: (cluster) => conditionOf(cluster, 'Available')?.status ?? 'Unknown' },
    { name: 'PAUSED', value: paused },
    { name: 'KUBECONFIG', value: ({ status }) => status?.kubeconfig?.name, wide: true },
    { name: 'ENDPOINT', value: ({ status }) => status?.controlPlaneEndpoint?.host, wide: true },
    { name: 'MESSAGE', value: (cluster) => conditionOf(cluster, 'Available')?.message, wide: true },
  ],
};

const desired = ({ spec: { autoScaling, replicas } }: NodePool): string =>
  autoScaling === undefined ? String(replicas ?? 0) : `${autoScaling.min}-${autoScaling.max}`;

/** What a pool is updating, in one word; `no` when nothing. */
const updating = (pool: NodePool): string =>
  ['UpdatingVersion', 'UpdatingConfig', 'UpdatingPlatformMachineTemplate']
    .filter((type) => conditionOf(pool, type)?.status === 'True')
    .map((type) => type.slice('Updating'.length))
    .join(',') || 'no';

/** How pools of nodes are shown. */
export const nodePoolPrinting: Printing<NodePool> = {
  noun: 'nodepool',
  columns: [
    { name: 'CLUSTER', value: ({ spec }) => spec.clusterName },
    { name: 'DESIRED', value: desired },
    { name: 'CURRENT', value: ({ status }) => String(status?.replicas ?? 0) },
    { name: 'VERSION', value: ({ status }) => status?.version },
    { name: 'UPDATING', value: updating },
    { name: 'PAUSED', value: paused },
    { name: 'READY', value: (pool) => conditionOf(pool, 'Ready')?.status ?? 'Unknown', wide: true },
    { name: 'MESSAGE', value: (pool) => conditionOf(pool, 'Ready')?.message, wide: true },
  ],
};
