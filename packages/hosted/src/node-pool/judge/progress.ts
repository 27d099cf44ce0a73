import type { Machine, MachineDeployment, NodePool } from '@godwit/api';
import { annotations } from '@godwit/api';
import { bad, good, off, type PoolClaim, reasons } from './claim.ts';

/** What nodes shall be: hashes of the configuration without and with the version, and the version. */
export type Target = { config: string; hash: string; version: string };

/** Whether nodes must be built anew because of their configuration. A pool that has no nodes yet is not updating. */
export const isUpdatingConfig = ({ metadata }: NodePool, target: Pick<Target, 'config'>): boolean => {
  const current = metadata.annotations?.[annotations.nodePoolCurrentConfig];
  return current !== undefined && current !== target.config;
};

/** Whether nodes must be built anew because of the version. */
export const isUpdatingVersion = ({ status }: NodePool, target: Pick<Target, 'version'>): boolean =>
  status?.version !== undefined && status.version !== '' && status.version !== target.version;

/** UpdatingConfig and UpdatingVersion. */
export const updating = (pool: NodePool, target: Target): PoolClaim[] => [
  isUpdatingConfig(pool, target)
    ? good('UpdatingConfig', `Updating config in progress. Target config: ${target.config}`)
    : off('UpdatingConfig'),
  isUpdatingVersion(pool, target)
    ? good('UpdatingVersion', `Updating version in progress. Target version: ${target.version}`)
    : off('UpdatingVersion'),
];

/** Whether every machine of the deployment is of its newest kind and works. */
export const rolledOut = (deployment: MachineDeployment | undefined, secretName: string): boolean => {
  if (deployment === undefined) return false;
  const { spec, status, metadata } = deployment;
  const wanted = spec.replicas ?? 0;
  return (
    spec.template.spec.bootstrap.dataSecretName === secretName &&
    (status?.observedGeneration ?? -1) >= (metadata.generation ?? 0) &&
    (status?.upToDateReplicas ?? 0) === wanted &&
    (status?.replicas ?? 0) === wanted &&
    (status?.availableReplicas ?? 0) === wanted
  );
};

const holds = ({ status }: Machine, type: string): boolean =>
  (status?.conditions ?? []).some((condition) => condition.type === type && condition.status === 'True');

const saidOf = ({ metadata, status }: Machine, type: string): string => {
  const condition = (status?.conditions ?? []).find((each) => each.type === type);
  const text = [condition?.reason, condition?.message?.split('\n').join(' ')].filter(Boolean).join(': ');
  return `Machine ${metadata.name}: ${text || 'nothing is known of it yet'}`;
};

const every = (machines: readonly Machine[], claim: string, condition: string): PoolClaim => {
  const missing = machines.filter((machine) => !holds(machine, condition));
  if (machines.length === 0) return bad(claim, reasons.notFound, 'No Machines are created', 'Info');
  if (missing.length === 0) return good(claim, 'All is well');
  return bad(
    claim,
    'NotReady',
    `${missing.length} of ${machines.length} machines are not ready: ${missing.map((each) => saidOf(each, condition)).join('; ')}`,
  );
};

/** AllMachinesReady, AllNodesHealthy and Ready. */
export const health = (wanted: number, available: number, machines: readonly Machine[]): PoolClaim[] => [
  ...(wanted === 0 && machines.length === 0
    ? [good('AllMachinesReady', 'No machines are wanted'), good('AllNodesHealthy', 'No nodes are wanted')]
    : [every(machines, 'AllMachinesReady', 'InfrastructureReady'), every(machines, 'AllNodesHealthy', 'NodeReady')]),
  available === wanted
    ? good('Ready', '')
    : bad('Ready', 'WaitingForAvailableMachines', `${available} of ${wanted} nodes are available`, 'Info'),
];
