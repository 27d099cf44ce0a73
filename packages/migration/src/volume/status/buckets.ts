import type { DirectVolumeMigration } from '@godwit/api';
import { goDuration } from '../progress/duration.ts';
import { percentOf, secondsRun } from '../progress/progress-status.ts';
import type { VolumeState } from '../transfer/attempts.ts';
import type { Observed } from '../transfer/follow.ts';

type Status = NonNullable<DirectVolumeMigration['status']>;
type Entry = NonNullable<Status['runningPods']>[number];

/** The lists of pods in the status of a DirectVolumeMigration. */
export type Buckets = Record<Bucket, Entry[]>;
type Bucket = 'successfulPods' | 'failedPods' | 'runningPods' | 'pendingPods' | 'unknownPods' | 'pendingSinceTimeLimitPods';

/** Seconds that a pod may wait to start before it is reported. */
const PENDING_LIMIT_SECONDS = 600;

const bucketsOf = ({ state, client }: VolumeState, now: number): Bucket[] => {
  if (state === 'succeeded') return ['successfulPods'];
  if (state === 'failed') return ['failedPods'];
  // A pod that failed while its volume will be tried again is still under way.
  if (state === 'retrying' || client?.phase === 'running') return ['runningPods'];
  if (client?.phase !== 'pending') return client === undefined ? [] : ['unknownPods'];
  const since = Date.parse(client.pod.metadata.creationTimestamp ?? '');
  return now - since > PENDING_LIMIT_SECONDS * 1000 ? ['pendingPods', 'pendingSinceTimeLimitPods'] : ['pendingPods'];
};

const entryOf = (state: VolumeState, observed: Observed, now: number): Entry | undefined => {
  const { client, pair } = state;
  if (client === undefined) return undefined;
  const { namespace, name, uid = '' } = client.pod.metadata;
  const progress = observed.get(uid);
  const percent = percentOf(state, progress);
  const seconds = secondsRun(client, now);
  return {
    namespace,
    name,
    pvcRef: { ...pair.source },
    ...(percent === undefined ? {} : { lastObservedProgressPercent: percent }),
    ...(progress?.rate === undefined ? {} : { lastObservedTransferRate: progress.rate }),
    ...(seconds === undefined ? {} : { totalElapsedTime: goDuration(seconds) }),
  };
};

const recorded = (before: Status | undefined, { pair, state }: VolumeState): Entry | undefined =>
  (state === 'failed' ? before?.failedPods : before?.successfulPods)?.find(
    ({ pvcRef }) => pvcRef?.name === pair.source.name && pvcRef?.namespace === pair.source.namespace,
  );

/** Sorts the client pods by how they stand; a pod that has been removed since keeps its last entry. */
export const podBuckets = (before: Status | undefined, states: readonly VolumeState[], observed: Observed, now: number): Buckets => {
  const empty: Buckets = {
    successfulPods: [],
    failedPods: [],
    runningPods: [],
    pendingPods: [],
    unknownPods: [],
    pendingSinceTimeLimitPods: [],
  };
  for (const state of states) {
    const entry = entryOf(state, observed, now) ?? recorded(before, state);
    if (entry === undefined) continue;
    for (const bucket of bucketsOf(state, now)) empty[bucket].push(entry);
  }
  return empty;
};
