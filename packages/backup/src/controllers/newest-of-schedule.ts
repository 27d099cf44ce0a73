import type { Backup } from '../velero.ts';

/** The backup of a schedule that a restore takes: the one that started last among the completed. */
export const newestOfSchedule = (backups: readonly Backup[]): Backup | undefined =>
  backups
    .filter(({ status }) => status?.phase === 'Completed')
    .sort((a, b) => (a.status?.startTimestamp ?? '').localeCompare(b.status?.startTimestamp ?? ''))
    .at(-1);
