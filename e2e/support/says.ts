import type { Readable } from 'node:stream';

/** A running program whose output is gathered. */
type Talking = PromiseLike<unknown> & { all: Readable | undefined };

/** Waits until a program says something, on either of its outputs; rejects when it ends without having said so. */
export const says = (program: Talking, words: string): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = '';
    program.all?.on('data', (chunk: Buffer) => {
      said += chunk;
      if (said.includes(words)) resolve();
    });
    program.then(() => reject(new Error(`the program ended without saying "${words}": ${said.slice(-2000)}`)), reject);
  });
