import { z } from 'zod';
import type { ReportStatus } from '../report/report-draft.ts';

const examinedSeed = z.object({ image: z.string(), digest: z.string() });

/** A seed image as it was named, and what the name stood for when it was examined. */
export type ExaminedSeed = z.infer<typeof examinedSeed>;

const NOTE = 'Validate';

type Notes = Pick<ReportStatus, 'notes'>;

/** The notes of a report, with the seed that was examined; all that comes later goes by its digest (D-I9). Pure. */
export const withExamined = ({ notes }: Notes, seed: ExaminedSeed): NonNullable<ReportStatus['notes']> => ({ ...notes, [NOTE]: seed });

/** The digest by which an image was examined; undefined: another one was, or none. Pure. */
export const examinedDigest = ({ notes }: Notes, image: string): string | undefined => {
  const { data } = examinedSeed.safeParse(notes?.[NOTE]);
  return data?.image === image ? data.digest : undefined;
};
