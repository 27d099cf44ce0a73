import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { systemClock } from '@godwit/controller';
import { beforeEach, expect, test } from 'vitest';
import { readJournal } from './journal-file.ts';
import { known, type Step } from './step.ts';
import { type StepProgress, walkSteps } from './walk-steps.ts';

type Facts = { readonly first: number; readonly second: number };
type World = { readonly ran: string[]; readonly gone: Set<string>; readonly failing: Map<string, number> };

const { signal } = new AbortController();
let path = '';
let world: World;

beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'godwit-journal-')), 'journal/list.json');
  world = { ran: [], gone: new Set(), failing: new Map() };
});

const step = (
  name: string,
  outputs?: (facts: Partial<Facts>) => Partial<Facts>,
  more: Partial<Step<World, Facts>> = {},
): Step<World, Facts> => ({
  name,
  does: `It does ${name}.`,
  undo: 'Nothing.',
  timeoutSeconds: 60,
  holds: async ({ gone }) => !gone.has(name),
  run: async ({ ran, failing, gone }, facts) => {
    ran.push(name);
    gone.delete(name);
    const left = failing.get(name) ?? 0;
    failing.set(name, left - 1);
    if (left > 0) throw new Error(`${name} failed with password=hunter2`);
    return outputs?.(facts);
  },
  ...more,
});
const steps = [step('one', () => ({ first: 1 })), step('two', (facts) => ({ second: known(facts, 'first') + 1 })), step('three')];
const walk = (more: Partial<Parameters<typeof walkSteps<World, Facts>>[0]> = {}) =>
  walkSteps<World, Facts>({
    list: 'test',
    steps,
    world,
    clock: systemClock,
    path,
    inputs: { image: 'a' },
    stands: async () => true,
    signal,
    ...more,
  });

test('steps run in order, hand on what they found, and are told and journalled', async () => {
  const told: StepProgress[] = [];
  expect(await walk({ progress: (each) => told.push(each) })).toEqual({ first: 1, second: 2 });
  expect(world.ran).toEqual(['one', 'two', 'three']);
  expect(told.map(({ step: name, number, count }) => `${name} ${number}/${count}`)).toEqual(['one 1/3', 'two 2/3', 'three 3/3']);
  expect(await readJournal(path)).toMatchObject({ list: 'test', inputs: { image: 'a' }, completedAt: expect.any(String) });
});

test('a completed walk is not walked again while its result stands', async () => {
  await walk();
  expect(await walk()).toEqual({ first: 1, second: 2 });
  expect(world.ran).toHaveLength(3);
  await walk({ stands: async () => false });
  expect(world.ran).toHaveLength(6);
});

test('a walk that failed goes on at the step that failed, and says why without a secret', async () => {
  world.failing.set('two', 1);
  await expect(walk()).rejects.toThrow('two failed');
  expect((await readJournal(path))?.steps.at(-1)).toMatchObject({
    name: 'two',
    attempts: 1,
    failure: expect.not.stringContaining('hunter2'),
  });
  expect(await walk()).toEqual({ first: 1, second: 2 });
  expect(world.ran).toEqual(['one', 'two', 'two', 'three']);
  expect((await readJournal(path))?.steps.find(({ name }) => name === 'two')).toMatchObject({ attempts: 2 });
});

test('a step whose work is gone runs again, and so do all after it', async () => {
  world.failing.set('three', 1);
  await expect(walk()).rejects.toThrow('three failed');
  world.gone.add('one');
  await walk();
  expect(world.ran).toEqual(['one', 'two', 'three', 'one', 'two', 'three']);
});

test('another wish begins a journal of its own and keeps the old one', async () => {
  world.failing.set('two', 1);
  await expect(walk()).rejects.toThrow('two failed');
  await walk({ inputs: { image: 'b' } });
  expect(world.ran).toEqual(['one', 'two', 'one', 'two', 'three']);
  expect(readdirSync(dirname(path)).sort()).toEqual(['list.json', 'list.previous.json']);
});

test('a step with attempts is tried again by itself', async () => {
  world.failing.set('two', 2);
  const patient = steps.map((each) => ({ ...each, attempts: 3 }));
  const paused: number[] = [];
  const quick = {
    ...systemClock,
    sleep: async (seconds: number) => (seconds === 60 ? new Promise<void>(() => {}) : void paused.push(seconds)),
  };
  await walk({ steps: patient, clock: quick });
  expect(paused).toEqual([2, 2]);
});

test('a step that takes too long is ended and named', async () => {
  const endless = step('endless', undefined, {
    run: (_world, _facts, { signal: ending }) =>
      new Promise((_resolve, reject) => {
        ending.addEventListener('abort', () => reject(new Error('ended')));
      }),
  });
  const clock = { ...systemClock, sleep: async () => {} };
  await expect(walk({ steps: [endless], clock })).rejects.toThrow('it took longer than 60 seconds');
});

test('a journal that is no JSON is not taken for an empty one', async () => {
  await walk();
  writeFileSync(path, '{"list":');
  await expect(walk()).rejects.toThrow('holds no journal. Remove it');
});
