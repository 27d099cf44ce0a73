import type { Writable } from 'node:stream';

/** Writes, and resolves when more may be written; a stream that closes meanwhile takes no more, which its reader finds out. */
export const writeAndDrain = (stream: Writable, bytes: Uint8Array): Promise<void> => {
  if (stream.destroyed || stream.write(bytes)) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.on('drain', done);
    stream.on('close', done);
  });
};
