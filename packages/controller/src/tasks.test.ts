import { fakeClock } from '@godwit/testkit';
import { expect, test } from 'vitest';
import type { Progress } from './effect.ts';
import { silentLog } from './logger.ts';
import { createTasks } from './tasks.ts';

/** A task that ends when the test says so. */
const byHand = () => {
  const ends = Promise.withResolvers<void>();
  const state: { starts: number; signal?: AbortSignal; report?: (progress: Progress) => void } = { starts: 0 };
  const run = (signal: AbortSignal, report: (progress: Progress) => void) => {
    Object.assign(state, { starts: state.starts + 1, signal, report });
    return ends.promise;
  };
  return { ...ends, state, run };
};

const setUp = () => {
  const clock = fakeClock();
  const tasks = createTasks({ clock, log: silentLog });
  const changes: string[] = [];
  tasks.onChange((name) => changes.push(name));
  return { clock, tasks, changes };
};

test('a task that runs is not started again', () => {
  const { tasks } = setUp();
  const work = byHand();
  tasks.ensure('copy', work.run);
  tasks.ensure('copy', work.run);
  expect(work.state.starts).toBe(1);
  expect(tasks.outcome('copy')).toEqual({ state: 'running' });
  expect(tasks.outcome('other')).toBeUndefined();
});

test('a task that is done is not started again, and its last progress can be read', async () => {
  const { tasks, clock, changes } = setUp();
  const work = byHand();
  tasks.ensure('copy', work.run);
  work.state.report?.({ itemsDone: 3 });
  work.resolve();
  await clock.advance(0);
  tasks.ensure('copy', work.run);
  expect(work.state.starts).toBe(1);
  expect([tasks.outcome('copy'), tasks.progress('copy'), changes]).toEqual([{ state: 'done' }, { itemsDone: 3 }, ['copy']]);
});

test('a task that failed says why, and is started again when it is asked for', async () => {
  const { tasks, clock, changes } = setUp();
  const work = byHand();
  tasks.ensure('copy', work.run);
  work.reject(new Error('disk full'));
  await clock.advance(0);
  expect(tasks.outcome('copy')).toEqual({ state: 'failed', error: new Error('disk full') });
  expect(changes).toEqual(['copy']);
  tasks.ensure('copy', work.run);
  expect(work.state.starts).toBe(2);
});

test('progress wakes at most once a second', async () => {
  const { tasks, clock, changes } = setUp();
  const work = byHand();
  tasks.ensure('copy', work.run);
  for (let bytesDone = 0; bytesDone < 100; bytesDone += 1) {
    work.state.report?.({ bytesDone });
    await clock.advance(0.1);
  }
  expect(changes.length).toBeGreaterThanOrEqual(9);
  expect(changes.length).toBeLessThanOrEqual(10);
  expect(tasks.progress('copy')).toEqual({ bytesDone: 99 });
});

test('a forgotten task is stopped, waited for, and not told of', async () => {
  const { tasks, changes } = setUp();
  const work = byHand();
  tasks.ensure('copy', work.run);
  const forgotten = tasks.forget('copy');
  expect(work.state.signal?.aborted).toBe(true);
  work.reject(new Error('aborted'));
  await forgotten;
  expect([tasks.outcome('copy'), tasks.names(), changes]).toEqual([undefined, [], []]);
});

test('closing stops every task', async () => {
  const { tasks } = setUp();
  const [one, two] = [byHand(), byHand()];
  tasks.ensure('one', one.run);
  tasks.ensure('two', two.run);
  const closed = tasks.close();
  expect([one.state.signal?.aborted, two.state.signal?.aborted]).toEqual([true, true]);
  one.resolve();
  two.resolve();
  await closed;
});

test('a listener that left hears nothing', async () => {
  const { tasks, clock, changes } = setUp();
  const heard: string[] = [];
  tasks.onChange((name) => heard.push(name))();
  tasks.ensure('copy', async () => {});
  await clock.advance(0);
  expect([heard, changes]).toEqual([[], ['copy']]);
});
