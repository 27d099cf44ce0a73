import { labels, type Pod } from '@godwit/api';
import { PVC_ANNOTATION, VERIFIED_PVC } from '../names.ts';
import { claimText, type VolumePair } from '../volume-pair.ts';

/** A container that cannot start, in the kubelet's words. */
export type Waiting = { reason: string; message: string };

/** What a client pod says about itself. */
export type ClientState = {
  pod: Pod;
  attempt: number;
  phase: 'pending' | 'running' | 'succeeded' | 'failed' | 'unknown';
  exitCode: number | undefined;
  /** The end of the log of a container that failed. */
  log: string;
  startedAt: string | undefined;
  finishedAt: string | undefined;
  waiting: Waiting | undefined;
};

const PHASES: Record<string, ClientState['phase']> = { Pending: 'pending', Running: 'running', Succeeded: 'succeeded', Failed: 'failed' };

const phaseOf = (phase: string | undefined, exitCode: number | undefined): ClientState['phase'] => {
  if (exitCode === 0) return 'succeeded';
  return exitCode === undefined ? (PHASES[phase ?? ''] ?? 'unknown') : 'failed';
};

const attemptOf = ({ metadata }: Pod): number | undefined => {
  const text = metadata.labels?.[labels.rsyncAttempt] ?? '';
  return /^\d+$/.test(text) ? Number(text) : undefined;
};

/** How a client ended, from the last line of its log. */
export type Ending = { exitCode: number; message: string; finishedAt: string };

/** Clients whose log has told their end, by the UID of the pod. */
export type Endings = ReadonlyMap<string, Ending>;

/** Reads a client pod; the end of its log counts before the kubelet has noticed it. */
export const clientState = (pod: Pod, endings: Endings): ClientState => {
  const container = pod.status?.containerStatuses?.find(({ name }) => name === 'rsync');
  const { running, waiting } = container?.state ?? {};
  const ending = endings.get(pod.metadata.uid ?? '');
  const terminated = container?.state?.terminated ?? (ending && { ...ending, startedAt: running?.startedAt });
  return {
    pod,
    attempt: attemptOf(pod) ?? 1,
    phase: phaseOf(pod.status?.phase, terminated?.exitCode),
    exitCode: terminated?.exitCode,
    log: terminated?.message ?? pod.status?.message ?? '',
    startedAt: terminated?.startedAt ?? running?.startedAt,
    finishedAt: terminated?.finishedAt,
    waiting: waiting?.reason === undefined ? undefined : { reason: waiting.reason, message: waiting.message ?? '' },
  };
};

const newest = (pods: readonly Pod[]): Pod | undefined =>
  pods.toSorted(
    (one, other) =>
      (other.metadata.creationTimestamp ?? '').localeCompare(one.metadata.creationTimestamp ?? '') ||
      (attemptOf(other) ?? 0) - (attemptOf(one) ?? 0),
  )[0];

const worksFor = (pod: Pod, pair: VolumePair, label: string): boolean =>
  pod.metadata.namespace === pair.source.namespace &&
  pod.metadata.labels?.[label] === pair.sourceHash &&
  // The label is a digest of the name; the annotation settles it where it is there.
  (pod.metadata.annotations?.[PVC_ANNOTATION] ?? claimText(pair.source)) === claimText(pair.source);

/** The client of a volume: the newest pod with its label whose attempt is a number; undefined when there is none. */
export const currentClient = (pods: readonly Pod[], pair: VolumePair): Pod | undefined =>
  newest(pods.filter((pod) => worksFor(pod, pair, labels.createdForPvc) && attemptOf(pod) !== undefined));

/** The pod that compares a volume. */
export const currentComparer = (pods: readonly Pod[], pair: VolumePair): Pod | undefined =>
  newest(pods.filter((pod) => worksFor(pod, pair, VERIFIED_PVC) && attemptOf(pod) !== undefined));

const IMAGE_FAULTS = new Set(['ErrImagePull', 'ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull']);

/** The first container of a pod that cannot have its image, in the kubelet's words. */
export const imageFault = (pod: Pod): Waiting | undefined => {
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  for (const { state } of statuses)
    if (state?.waiting?.reason && IMAGE_FAULTS.has(state.waiting.reason))
      return { reason: state.waiting.reason, message: state.waiting.message ?? '' };
  return undefined;
};
