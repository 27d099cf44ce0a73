import type { Progress } from '@godwit/controller';
import type { VolumeMigration } from './volume-migration.ts';

type Pod = NonNullable<NonNullable<VolumeMigration['status']>['runningPods']>[number];

const rounded = (elapsed: string | undefined): string =>
  elapsed === undefined || elapsed === '' ? '' : ` (${elapsed.replace(/\.\d+s$/, 's')})`;

const attemptOf = ({ status, spec }: VolumeMigration, pod: Pod): string => {
  const operation = (status?.rsyncOperations ?? []).find(
    ({ pvcReference }) => pvcReference?.name === pod.pvcRef?.name && pvcReference?.namespace === pod.pvcRef?.namespace,
  );
  const attempt = operation?.currentAttempt ?? 1;
  return attempt > 1 ? ` - Attempt ${attempt} of ${spec.backOffLimit ?? 20}` : '';
};

const line =
  (object: VolumeMigration, state: string) =>
  (pod: Pod): string => {
    const where = `${pod.namespace}/${pod.name}: ${state}${attemptOf(object, pod)}`;
    const percent = pod.lastObservedProgressPercent ? ` ${pod.lastObservedProgressPercent}` : '';
    const rate = pod.lastObservedTransferRate ? ` (Transfer rate ${pod.lastObservedTransferRate})` : '';
    return `${pod.pvcRef?.name === undefined ? 'Rsync Pod ' : `[${pod.pvcRef.name}] `}${where}${percent}${rate}${rounded(pod.totalElapsedTime)}`;
  };

/** What a pass has done so far, as numbers and as the lines that upstream's clients parse. */
export const volumeProgress = (object: VolumeMigration): Progress => {
  const { pendingPods = [], runningPods = [], successfulPods = [], failedPods = [], volumes = [] } = object.status ?? {};
  const lines = [
    ...pendingPods.map(line(object, 'Pending')),
    ...runningPods.map(line(object, 'Running')),
    ...successfulPods.map(line(object, 'Completed')),
    ...failedPods.map(line(object, 'Failed')),
  ].sort();
  const sum = (pick: (volume: (typeof volumes)[number]) => number | undefined) =>
    volumes.reduce((total, each) => total + (pick(each) ?? 0), 0);
  return volumes.length === 0
    ? { lines }
    : {
        lines,
        bytesDone: sum(({ bytesDone }) => bytesDone),
        bytesTotal: sum(({ bytesTotal }) => bytesTotal),
        bytesPerSecond: sum(({ bytesPerSecond }) => bytesPerSecond),
      };
};
