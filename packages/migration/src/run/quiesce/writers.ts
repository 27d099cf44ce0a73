import type { KubeObject } from '@godwit/kube';

/** A pod as quiescing sees it. */
export type PodView = KubeObject & {
  spec?: { nodeName?: string; volumes?: { persistentVolumeClaim?: { claimName?: string } }[] };
  status?: { phase?: string };
};

const CONTROLLERS = new Set(['ReplicationController', 'StatefulSet', 'ReplicaSet', 'DaemonSet', 'Job']);

const mayStillRun = ({ status }: PodView): boolean => !['Succeeded', 'Failed'].includes(status?.phase ?? 'Unknown');

/** Pods of sleeping workloads that may still write: every pod with a controlling workload that has not ended. */
export const podsStillRunning = (pods: readonly PodView[]): readonly PodView[] =>
  pods.filter((pod) => mayStillRun(pod) && (pod.metadata.ownerReferences ?? []).some(({ kind }) => CONTROLLERS.has(kind)));

/** Running pods without a controller that mount a claim to be copied: nothing can put them to sleep but their owner. */
export const podsNobodyCanStop = (pods: readonly PodView[], claims: ReadonlySet<string>): readonly PodView[] =>
  pods.filter((pod) => mayStillRun(pod) && (pod.metadata.ownerReferences ?? []).length === 0 && mounts(pod, claims));

const mounts = ({ spec, metadata }: PodView, claims: ReadonlySet<string>): boolean =>
  (spec?.volumes ?? []).some(
    ({ persistentVolumeClaim: claim }) => claim?.claimName !== undefined && claims.has(`${metadata.namespace}/${claim.claimName}`),
  );

/** `namespace/name, …` of up to five pods, for messages. */
export const podNames = (pods: readonly PodView[]): string => {
  const names = pods.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  return names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
};
