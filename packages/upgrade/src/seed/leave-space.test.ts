import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { leavingSpace } from './leave-space.ts';

const MEBIBYTE = 2 ** 20;

/** Passes on so many mebibytes while the free space is this, one look after the other; returns how many arrived. */
const passedOn = async (mebibytes: number, ...frees: number[]): Promise<number> => {
  let bytes = 0;
  const host = { freeSpace: async () => ({ total: 9e9, free: frees.shift() ?? 0 }) };
  const counting = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length;
      done();
    },
  });
  const chunk = Buffer.alloc(MEBIBYTE);
  const source = Readable.from(Array.from({ length: mebibytes }, () => chunk));
  await pipeline(source, leavingSpace(host, '/var'), counting);
  return bytes / MEBIBYTE;
};

test('nothing is passed on where little is free', async () => {
  await expect(passedOn(1, 0.9e9)).rejects.toThrow('/var has 0.9 GB free, and 1.0 GB are left to the release that runs');
});

test('space that goes while it is unpacked is noticed', async () => {
  expect(await passedOn(64, 2e9)).toBe(64);
  await expect(passedOn(200, 2e9, 1.5e9, 0.9e9)).rejects.toThrow('/var has 0.9 GB free');
});
