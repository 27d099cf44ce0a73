import { z } from 'zod';
import { objectReference, referenceFields } from '../references.ts';
import { fields, word } from '../schema.ts';

/** Progress as upstream writes it: text for people. */
export const observedProgress = {
  lastObservedProgressPercent: z.string().optional().describe('How much is copied, for instance 42%.'),
  lastObservedTransferRate: z.string().optional().describe('How fast it goes, for instance 12.30MB/s.'),
};

const elapsed = { totalElapsedTime: z.string().optional().describe("How long it has taken, in Go's notation, for instance 1m30s.") };

/** A transfer pod and how far it is. */
export const podProgress = fields({
  ...referenceFields,
  pvcRef: objectReference.optional().describe('The claim that it copies.'),
  ...observedProgress,
  ...elapsed,
});

/** The disk of a running virtual machine and how far its move is. */
export const liveProgress = fields({
  vmName: z.string().optional().describe('Name of the virtual machine.'),
  vmNamespace: z.string().optional().describe('Its namespace.'),
  pvcRef: objectReference.optional().describe('The claim that is moved.'),
  ...observedProgress,
  ...elapsed,
  message: z.string().optional().describe('What went wrong. Omitted: nothing.'),
});

/** The attempts to copy one claim. */
export const rsyncOperation = fields({
  pvcReference: objectReference.optional().describe('The claim that is copied.'),
  currentAttempt: z.int().optional().describe('Which attempt is running, counted from 1.'),
  succeeded: z.boolean().optional().describe('Whether it is copied. Omitted: false.'),
  failed: z.boolean().optional().describe('Whether all attempts failed. Omitted: false.'),
});

/** Progress of one claim in numbers. */
export const volumeProgress = fields({
  pvcReference: objectReference.describe('The claim that is copied. Required.'),
  bytesDone: z.int().optional().describe('Bytes that are done with, whether sent or found equal.'),
  bytesTotal: z.int().optional().describe('Bytes in the volume. Omitted: not counted yet.'),
  bytesPerSecond: z.number().optional().describe('Bytes per second over the last moments.'),
  filesDone: z.int().optional().describe('Files that are done with.'),
  secondsLeft: z.number().optional().describe('Seconds that it will probably still take. Omitted: unknown.'),
  pass: z.int().optional().describe('Which pass over the volume is running, counted from 1.'),
});
/** Progress of one claim in numbers. */
export type VolumeProgress = z.infer<typeof volumeProgress>;

const difference = fields({
  pvc: z.string().describe('The claim as namespace/name on the source cluster. Required.'),
  path: z.string().describe('Path in the volume. Required.'),
  change: word('missing', 'extra', 'content', 'metadata').describe(
    'missing or extra on the target, or other content or metadata. Required.',
  ),
});

/** What comparing source and target volumes found. */
export const verification = fields({
  files: z.int().optional().describe('How many files were compared.'),
  differences: z.array(difference).describe('Files that differ; empty when none does. Required.'),
  completed: z.boolean().optional().describe('Whether the comparison is over. Omitted: false.'),
});
/** What comparing source and target volumes found. */
export type Verification = z.infer<typeof verification>;
