import type { OwnerReference } from '@godwit/kube';

/** What can own the pods that mount a volume. */
export type OwnerType = 'VirtualMachine' | 'Deployment' | 'StatefulSet' | 'ReplicaSet' | 'DaemonSet' | 'Job' | 'CronJob' | 'Unknown';

/** A pod as far as ownership of its volumes asks. */
export type OwnedPod = { name: string; owners: readonly OwnerReference[] };

const plain: Record<string, OwnerType> = {
  'apps/v1/StatefulSet': 'StatefulSet',
  'apps/v1/Deployment': 'Deployment',
  'apps/v1/DaemonSet': 'DaemonSet',
  'batch/v1/Job': 'Job',
  'batch/v1/CronJob': 'CronJob',
  'batch/v1beta1/CronJob': 'CronJob',
  'kubevirt.io/v1/VirtualMachineInstance': 'VirtualMachine',
};

/** The kind of workload behind a pod. `ownerOfReplicaSet` looks on the source cluster and gives undefined for a set without owner, or none of that name. */
export const ownerTypeOf = (pod: OwnedPod, ownerOfReplicaSet: (name: string) => OwnerReference | undefined): OwnerType => {
  const [owner] = pod.owners;
  if (owner === undefined || pod.owners.length > 1) return 'Unknown';
  if (owner.apiVersion === 'apps/v1' && owner.kind === 'ReplicaSet') {
    const above = ownerOfReplicaSet(owner.name);
    return above === undefined ? 'ReplicaSet' : above.kind === 'Deployment' ? 'Deployment' : 'Unknown';
  }
  if (owner.kind === 'Pod' && pod.name.startsWith('hp-')) return 'VirtualMachine';
  return plain[`${owner.apiVersion}/${owner.kind}`] ?? 'Unknown';
};

/** One type for all pods that mount a claim; pods of different type make it Unknown. */
export const commonOwnerType = (types: readonly OwnerType[]): OwnerType => {
  const [first = 'Unknown'] = types;
  return types.every((type) => type === first) ? first : 'Unknown';
};
