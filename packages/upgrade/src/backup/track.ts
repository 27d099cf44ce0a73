/** How far a Backup or Restore is, as an upgrade sees it. */
export type Bucket = 'pending' | 'progressing' | 'failed' | 'succeeded';

/** How far a group is: names by bucket. `missing`: Restores whose Backup is not there yet. */
export type Tracked = Readonly<Record<Bucket | 'missing', readonly string[]>>;

const FAILED: readonly string[] = ['FailedValidation', 'PartiallyFailed', 'Failed'];

/** The bucket of a phase. None yet: pending; every phase that is not final: progressing. */
export const bucketOf = (phase: string | undefined): Bucket => {
  if (!phase) return 'pending';
  if (phase === 'Completed') return 'succeeded';
  return FAILED.includes(phase) ? 'failed' : 'progressing';
};

/** One member of a group. */
export type Member = { readonly name: string; readonly bucket: Bucket | 'missing' };

/** The names of a group by bucket, in the order of the group. */
export const trackedOf = (members: readonly Member[]): Tracked => {
  const names = (bucket: Member['bucket']): string[] => members.filter((each) => each.bucket === bucket).map(({ name }) => name);
  return {
    pending: names('pending'),
    progressing: names('progressing'),
    failed: names('failed'),
    succeeded: names('succeeded'),
    missing: names('missing'),
  };
};
