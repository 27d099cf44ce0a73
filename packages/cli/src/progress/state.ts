import type { DirectVolumeMigration, MigMigration, VolumeProgress } from '@godwit/api';

/** What is known of a run that is followed: itself, and the volume copies that belong to it. */
export type RunState = { run: MigMigration; copies: readonly DirectVolumeMigration[] };

/** The copy that is going on, else the last one. */
export const currentCopy = ({ copies }: RunState): DirectVolumeMigration | undefined =>
  copies.find(({ status }) => status?.phase !== 'Completed') ?? copies.at(-1);

/** Bytes of all volumes of the current copy; totals are absent until they are counted. */
export const copyTotals = (
  volumes: readonly VolumeProgress[],
): { done: number; total: number; perSecond: number; secondsLeft: number | undefined } => {
  const sum = (value: (volume: VolumeProgress) => number | undefined) => volumes.reduce((total, each) => total + (value(each) ?? 0), 0);
  const left = volumes.map(({ secondsLeft }) => secondsLeft).filter((each) => each !== undefined);
  return {
    done: sum(({ bytesDone }) => bytesDone),
    total: sum(({ bytesTotal }) => bytesTotal),
    perSecond: sum(({ bytesPerSecond }) => bytesPerSecond),
    secondsLeft: left.length === 0 ? undefined : Math.max(...left),
  };
};
