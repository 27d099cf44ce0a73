import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CommandFailed } from '../host/run.ts';
import { type PrecacheStatus, precacheImages } from './precache.ts';
import type { ImageRuntime } from './runtime.ts';

const { signal } = new AbortController();
const refusal = (said: string): CommandFailed => new CommandFailed(['ctr', 'images', 'pull'], 'failed with exit code 1', said);

/** A runtime in memory: each image fails so often before it comes. */
const runtimeOf = (failures: Readonly<Record<string, readonly string[]>> = {}, there: readonly string[] = []) => {
  const [has, pulls, busy] = [new Set(there), [] as string[], { now: 0, most: 0 }];
  const runtime: ImageRuntime = {
    has: async (image) => has.has(image),
    pull: async (image) => {
      busy.now += 1;
      busy.most = Math.max(busy.most, busy.now);
      await Promise.resolve();
      busy.now -= 1;
      pulls.push(image);
      const said = failures[image]?.[pulls.filter((each) => each === image).length - 1];
      if (said !== undefined) throw refusal(said);
      has.add(image);
    },
  };
  return { runtime, pulls, busy };
};

test.each<[string, readonly string[], number, boolean]>([
  ['comes at the fifth attempt', ['reset', 'reset', 'reset', 'reset'], 5, true],
  ['does not come in five attempts', ['reset', 'reset', 'reset', 'reset', 'reset'], 5, false],
  ['is unknown to the registry', ['manifest unknown'], 1, false],
  ['is not found by containerd', ['failed to resolve reference: quay.io/a:1: not found'], 1, false],
])('an image that %s', async (_title, failures, attempts, comes) => {
  const { runtime, pulls } = runtimeOf({ 'a:1': failures });
  const done = precacheImages({ images: ['a:1', 'b:1'], runtime, signal });
  if (comes) expect(await done).toEqual({ total: 2, pulled: 2, failed: 0, failed_pulls: [] });
  else await expect(done).rejects.toThrow('failed to pre-cache one or more images: a:1');
  expect(pulls.filter((each) => each === 'a:1')).toHaveLength(attempts);
});

test('why an image does not come is told, of its last attempt', async () => {
  const { runtime } = runtimeOf({ 'b:1': ['reset', 'reset', 'reset', 'reset', 'unexpected status: 401 Unauthorized'] });
  await expect(precacheImages({ images: ['a:1', 'b:1'], runtime, signal })).rejects.toThrow(
    'failed to pre-cache one or more images: b:1: unexpected status: 401 Unauthorized. Check that the registry has them and lets this node',
  );
});

test('what is there already is not pulled again', async () => {
  const { runtime, pulls } = runtimeOf({}, ['a:1']);
  await precacheImages({ images: ['a:1', 'b:1'], runtime, signal });
  expect(pulls).toEqual(['b:1']);
});

test('no more images are pulled at a time than allowed', async () => {
  const images = Array.from({ length: 40 }, (_, index) => `image:${index}`);
  for (const [threads, most] of [
    [3, 3],
    [0, 10],
  ] as const) {
    const { runtime, busy } = runtimeOf();
    await precacheImages({ images, runtime, signal, threads });
    expect(busy.most).toBe(most);
  }
});

test('the numbers go up image by image, to the listener and to the file', async () => {
  const statusFile = join(mkdtempSync(join(tmpdir(), 'godwit-precache-')), 'precache_status.json');
  const told: PrecacheStatus[] = [];
  const { runtime } = runtimeOf({ 'b:1': ['manifest unknown'] });
  const images = ['a:1', 'b:1', 'c:1'];
  await precacheImages({ images, runtime, signal, threads: 1, bestEffort: true, statusFile, progress: (each) => told.push(each) });
  expect(told.map(({ pulled, failed }) => [pulled, failed])).toEqual([
    [0, 0],
    [1, 0],
    [1, 1],
    [2, 1],
  ]);
  expect(JSON.parse(readFileSync(statusFile, 'utf8'))).toEqual({ total: 3, pulled: 2, failed: 1, failed_pulls: ['b:1'] });
});

test('an image that somebody else brought in the end counts as there', async () => {
  const { runtime } = runtimeOf({ 'a:1': ['manifest unknown'] });
  const answers = [false, true];
  const late: ImageRuntime = { ...runtime, has: async () => answers.shift() ?? true };
  expect(await precacheImages({ images: ['a:1'], runtime: late, signal })).toMatchObject({ pulled: 1, failed: 0 });
});

test('T24 an empty list is an error', async () => {
  await expect(precacheImages({ images: [], runtime: runtimeOf().runtime, signal })).rejects.toThrow('no images specified for precaching');
});

test('a cancelled run begins no further image', async () => {
  const cancelling = new AbortController();
  const { runtime, pulls } = runtimeOf();
  const stopping: ImageRuntime = {
    ...runtime,
    pull: async (image, inner) => {
      await runtime.pull(image, inner);
      cancelling.abort(new Error('the stage was set to Idle'));
    },
  };
  const images = ['a:1', 'b:1', 'c:1'];
  await expect(precacheImages({ images, runtime: stopping, signal: cancelling.signal, threads: 1 })).rejects.toThrow('set to Idle');
  expect(pulls).toEqual(['a:1']);
});
