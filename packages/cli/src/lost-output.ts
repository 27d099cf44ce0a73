import type { Writable } from 'node:stream';

/**
 * Lets a command go on and end in its own way when what it writes gets lost: nobody reads it any more, as after `| head`, or the disk is full.
 * Returns a function that tells why results were lost that somebody waits for: undefined when none were.
 */
export const tolerateLostOutput = ({ results, remarks }: { results: Writable; remarks: Writable }): (() => Error | undefined) => {
  let lost: Error | undefined;
  results.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') lost ??= error;
  });
  remarks.on('error', () => {}); // there is nowhere left to tell it
  return () => lost;
};
