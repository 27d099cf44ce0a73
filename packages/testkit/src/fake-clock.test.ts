import { expect, test } from 'vitest';
import { fakeClock } from './fake-clock.ts';

test('a fake clock stands still until it is moved, and wakes sleepers in the order of their times', async () => {
  const clock = fakeClock('2030-01-01T10:00:00Z');
  const woken: string[] = [];
  const sleep = async (name: string, seconds: number) => {
    await clock.sleep(seconds);
    woken.push(`${name} ${clock.now().toISOString().slice(14, 19)}`);
  };
  const all = [sleep('b', 20), sleep('a', 10)];
  await clock.advance(15);
  expect([woken, clock.sleepers()]).toEqual([['a 00:10'], 1]);
  await clock.advance(5);
  await Promise.all(all);
  expect(woken).toEqual(['a 00:10', 'b 00:20']);
  expect(clock.now().toISOString()).toBe('2030-01-01T10:00:20.000Z');
});

test('a sleeper that wakes may sleep again within the same move', async () => {
  const clock = fakeClock();
  let turns = 0;
  const turning = (async () => {
    for (; turns < 3; turns += 1) await clock.sleep(1);
  })();
  await clock.advance(3);
  await turning;
  expect(turns).toBe(3);
});

test('an aborted sleeper sleeps no more', async () => {
  const clock = fakeClock();
  const stop = new AbortController();
  const sleeping = clock.sleep(10, stop.signal);
  stop.abort(new Error('stop'));
  await expect(sleeping).rejects.toThrow('stop');
  await expect(clock.sleep(10, stop.signal)).rejects.toThrow('stop');
  expect(clock.sleepers()).toBe(0);
});
