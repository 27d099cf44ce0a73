import type { DirectVolumeMigrationProgress } from '@godwit/api';
import type { VolumeState } from '../transfer/attempts.ts';
import type { ClientState } from '../transfer/client-pods.ts';
import type { CopyProgress } from '../transfer/log-progress.ts';
import { goDuration, secondsIn } from './duration.ts';

type Status = NonNullable<DirectVolumeMigrationProgress['status']>;
type PodStatus = NonNullable<Status['rsyncPodStatuses']>[number];

/** Seconds that a client has run. */
export const secondsRun = ({ startedAt, finishedAt }: ClientState, now: number): number | undefined =>
  startedAt === undefined ? undefined : ((finishedAt === undefined ? now : Date.parse(finishedAt)) - Date.parse(startedAt)) / 1000;

const PHASES = { pending: 'Pending', running: 'Running', succeeded: 'Succeeded', failed: 'Failed', unknown: 'Unknown' } as const;

/** The percentage that a client shows: 100 once it has succeeded, none once it has failed. */
export const percentOf = ({ state, client }: VolumeState, progress: CopyProgress | undefined): string | undefined => {
  if (state === 'succeeded') return '100%';
  return client?.phase === 'running' ? progress?.percent : undefined;
};

const current = (state: VolumeState, client: ClientState, progress: CopyProgress | undefined, now: number): PodStatus => {
  const seconds = secondsRun(client, now);
  const percent = percentOf(state, progress);
  return {
    podName: client.pod.metadata.name,
    phase: PHASES[state.state === 'succeeded' ? 'succeeded' : client.phase],
    creationTimestamp: client.pod.metadata.creationTimestamp,
    ...(client.exitCode === undefined ? {} : { exitCode: client.exitCode }),
    ...(seconds === undefined ? {} : { containerElapsedTime: goDuration(seconds) }),
    ...(client.log === '' ? {} : { logMessage: client.log.slice(-1000) }),
    ...(percent === undefined ? {} : { lastObservedProgressPercent: percent }),
    ...(progress?.rate === undefined ? {} : { lastObservedTransferRate: progress.rate }),
  };
};

const own = ({ podName, phase, exitCode, containerElapsedTime, logMessage, creationTimestamp, ...rest }: Status): PodStatus => ({
  podName,
  phase,
  exitCode,
  containerElapsedTime,
  logMessage,
  creationTimestamp,
  lastObservedProgressPercent: rest.lastObservedProgressPercent,
  lastObservedTransferRate: rest.lastObservedTransferRate,
});

const history = (before: Status | undefined, podName: string | undefined): PodStatus[] => {
  const earlier = [...(before?.rsyncPodStatuses ?? []), ...(before?.podName ? [own(before)] : [])];
  const byName = new Map(earlier.map((each) => [each.podName, each]));
  byName.delete(podName);
  return [...byName.values()];
};

/** Seconds of all attempts, each pod counted once. */
export const totalSeconds = (now: PodStatus, earlier: readonly PodStatus[]): number => {
  const byName = new Map([...earlier, now].map((each) => [each.podName, secondsIn(each.containerElapsedTime) ?? 0]));
  return [...byName.values()].reduce((sum, seconds) => sum + seconds, 0);
};

/** The status of a progress object; undefined while there is nothing to say. */
export const progressStatus = (
  before: Status | undefined,
  state: VolumeState,
  progress: CopyProgress | undefined,
  now: number,
): Status | undefined => {
  if (state.client === undefined) return undefined;
  const is = current(state, state.client, progress, now);
  const earlier = history(before, is.podName);
  return {
    ...is,
    rsyncPodStatuses: earlier,
    rsyncElapsedTime: goDuration(totalSeconds(is, earlier)),
    // The share of bytes that is there, not upstream's sum over attempts, which can pass 100 %.
    totalProgressPercentage: is.lastObservedProgressPercent ?? before?.totalProgressPercentage ?? '0%',
  };
};
