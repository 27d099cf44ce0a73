import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { runHere } from './run.ts';

const endless = (): Readable =>
  new Readable({
    read() {
      this.push(Buffer.alloc(65_536));
    },
  });

const breaking = async function* () {
  yield 'half of it';
  throw new Error('the disk went away');
};

test('a program reads what it is given, as a text or as a stream', async () => {
  expect(await runHere(['cat'], { input: 'a text' })).toBe('a text');
  expect(await runHere(['cat'], { input: Readable.from(['a ', 'stream']) })).toBe('a stream');
  expect(await runHere(['cat'])).toBe('');
});

test('a program that does not read all of its input is judged by its exit code', async () => {
  expect(await runHere(['head', '--bytes=3'], { input: endless() })).toHaveLength(3);
  await expect(runHere(['false'], { input: endless() })).rejects.toThrow('false failed with exit code 1');
});

test('an input that breaks is never taken for its end', async () => {
  await expect(runHere(['cat'], { input: Readable.from(breaking()) })).rejects.toThrow('cat got no whole input: the disk went away');
});
