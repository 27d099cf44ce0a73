import type { Pod } from '@godwit/api';
import type { Said, StandardClaim, StandardCondition } from '@godwit/controller';
import { ETCD_INIT } from './restore-init.ts';

/** The condition of a hosted cluster that was asked to begin with a snapshot. */
export const ETCD_SNAPSHOT_RESTORED = 'EtcdSnapshotRestored';

/** What the condition is computed from, on every pass. */
export type RestoreFacts = {
  /** The condition as it stands; once True it is kept. */
  previous?: Pick<StandardCondition, 'status' | 'reason' | 'message'> | undefined;
  /** Members that the StatefulSet is to have, and those that are ready. */
  replicas: number;
  readyReplicas: number;
  pods: readonly Pod[];
  /** Why no member may start its restore: snapshots differ, credentials are missing... */
  problem?: Said | undefined;
};

type Terminated = { exitCode?: number; reason?: string; message?: string };
type InitStatus = { name: string; state?: { terminated?: Terminated }; lastState?: { terminated?: Terminated } };

const initOf = (pod: Pod): InitStatus | undefined =>
  (pod.status?.initContainerStatuses as InitStatus[] | undefined)?.find(({ name }) => name === ETCD_INIT);

const isDone = (pod: Pod): boolean => initOf(pod)?.state?.terminated?.exitCode === 0;

/** What the init container ended with, also while it waits to be started again. */
const failureOf = (pod: Pod): Terminated | undefined => {
  const status = initOf(pod);
  const ended = [status?.state?.terminated, status?.lastState?.terminated].find((each) => each !== undefined);
  return ended && ended.exitCode !== 0 && !isDone(pod) ? ended : undefined;
};

const claim = (status: 'True' | 'False', reason: string, message: string): StandardClaim => ({
  type: ETCD_SNAPSHOT_RESTORED,
  status,
  reason,
  message,
});

/** The script says `Reason: sentence`; anything else is told under the reason that the kubelet gives. */
const saidOf = (pod: string, { reason, message, exitCode }: Terminated): StandardClaim => {
  const [, code, sentence] = /^([A-Z][A-Za-z]+): (.+)/s.exec(message?.trim() ?? '') ?? [];
  if (code && sentence) return claim('False', code, `${pod}: ${sentence}`);
  return claim('False', reason || 'Error', `${pod}: ${message?.trim() || `the restore ended with code ${exitCode}`}`);
};

/** Whether the snapshot has been restored: computed until it is True, then kept, so that a mended cause turns it True. */
export const restoredCondition = ({ previous, replicas, readyReplicas, pods, problem }: RestoreFacts): StandardClaim => {
  if (previous?.status === 'True') return claim('True', previous.reason, previous.message);
  if (problem) return claim('False', problem.reason, problem.message);
  const failed = pods
    .map((pod) => ({ pod: pod.metadata.name ?? '', failure: failureOf(pod) }))
    .find(({ failure }) => failure !== undefined);
  if (failed?.failure) return saidOf(failed.pod, failed.failure);
  const restored = pods.filter(isDone).length;
  if (readyReplicas >= replicas && restored >= replicas)
    return claim('True', 'AsExpected', 'Every member of etcd was restored from the snapshot');
  return claim('False', 'WaitingForRestore', `${restored} of ${replicas} members have restored the snapshot, ${readyReplicas} are ready`);
};
