/** How a Backup or Restore stands. Phases that a newer Velero may add count as running (G-M44). */
export type Outcome = 'running' | 'done' | 'warned' | 'failed';

/** Reads the outcome from a velero.io phase; an object that is not there yet counts as running. */
export const outcomeOf = (phase: string | undefined): Outcome => {
  switch (phase) {
    case 'Completed':
      return 'done';
    case 'PartiallyFailed':
      return 'warned';
    case 'Failed':
    case 'FailedValidation':
      return 'failed';
    default:
      return 'running';
  }
};

/** Why a Backup or Restore failed, from its status. */
export const whyFailed = (
  status: { failureReason?: string | undefined; validationErrors?: string[] | null | undefined } | undefined,
): string =>
  [status?.failureReason, ...(status?.validationErrors ?? [])].filter((text) => text !== undefined && text !== '').join('; ') ||
  'no reason given; see its log in the repository';
