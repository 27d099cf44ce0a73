import type { DirectVolumeMigration, Verification, VolumeProgress } from '@godwit/api';
import type { Compared, Notes } from '../scope.ts';
import type { VolumeState } from '../transfer/attempts.ts';

type Status = NonNullable<DirectVolumeMigration['status']>;

const recorded = (before: Status | undefined, { pair }: VolumeState): VolumeProgress | undefined =>
  before?.volumes?.find(({ pvcReference }) => pvcReference.name === pair.source.name && pvcReference.namespace === pair.source.namespace);

/** Progress of every volume in numbers; what nobody observes any more stays as it was. */
export const volumeNumbers = (before: Status | undefined, states: readonly VolumeState[], observed: Notes['observed']): VolumeProgress[] =>
  states.flatMap((state) => {
    const progress = observed.get(state.client?.pod.metadata.uid ?? '');
    if (progress === undefined) return recorded(before, state) ?? [];
    const { bytesDone, bytesTotal, bytesPerSecond, filesDone } = progress;
    const left =
      bytesTotal !== undefined && bytesDone !== undefined && bytesPerSecond ? (bytesTotal - bytesDone) / bytesPerSecond : undefined;
    return {
      pvcReference: { ...state.pair.source },
      ...(bytesDone === undefined ? {} : { bytesDone }),
      ...(bytesTotal === undefined ? {} : { bytesTotal }),
      ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
      ...(filesDone === undefined ? {} : { filesDone }),
      ...(left === undefined ? {} : { secondsLeft: Math.max(0, Math.round(left)) }),
    };
  });

/** Differences kept in the status, over all volumes. */
const RECORDED_DIFFERENCES = 1000;

/** What comparing has found so far; undefined when nothing was compared. */
export const verificationOf = (compared: Iterable<Compared>, expected: number): Verification | undefined => {
  const all = [...compared];
  if (all.length === 0) return undefined;
  return {
    files: all.reduce((sum, { files }) => sum + (files ?? 0), 0),
    differences: all.flatMap(({ pvc, differences }) => differences.map((each) => ({ pvc, ...each }))).slice(0, RECORDED_DIFFERENCES),
    completed: new Set(all.map(({ pvc }) => pvc)).size >= expected,
  };
};
