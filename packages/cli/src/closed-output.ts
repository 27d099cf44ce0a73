import type { Writable } from 'node:stream';

/** Lets a command end in its own way when nobody reads its output any more, as after `| head`; what it still writes is dropped. Other faults are thrown. */
export const tolerateClosedOutput = (...streams: readonly Writable[]): void => {
  for (const stream of streams)
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
};
