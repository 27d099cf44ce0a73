import { fakeClock } from '@godwit/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createQueue } from './queue.ts';

const forever = new AbortController().signal;
const halfJitter = () => 1;

const setUp = () => {
  const clock = fakeClock();
  return { clock, queue: createQueue({ clock, random: halfJitter }) };
};

/** The key that is taken once everything has settled, or undefined when none is to be had. */
const tryTake = async (queue: ReturnType<typeof createQueue>): Promise<string | undefined> => {
  const stop = new AbortController();
  const taken = queue.take(stop.signal).catch(() => undefined);
  stop.abort();
  return taken;
};

describe('a queue', () => {
  test('gives a key that was added twice only once', async () => {
    const { queue } = setUp();
    queue.add('a');
    queue.add('a');
    expect(queue.depth()).toBe(1);
    expect(await tryTake(queue)).toBe('a');
    expect(await tryTake(queue)).toBeUndefined();
  });

  test('gives keys in the order in which they came', async () => {
    const { queue } = setUp();
    for (const key of ['b', 'a', 'c']) queue.add(key);
    expect([await tryTake(queue), await tryTake(queue), await tryTake(queue)]).toEqual(['b', 'a', 'c']);
  });

  test('hands a key to a worker that waits already', async () => {
    const { queue } = setUp();
    const taken = queue.take(forever);
    queue.add('a');
    expect(await taken).toBe('a');
    expect(queue.depth()).toBe(0);
  });

  test('holds a key back while it is worked on, and gives it once more afterwards', async () => {
    const { queue } = setUp();
    queue.add('a');
    await tryTake(queue);
    queue.add('a');
    queue.add('a');
    expect(await tryTake(queue)).toBeUndefined();
    queue.done('a', 'settled');
    expect(await tryTake(queue)).toBe('a');
    queue.done('a', 'settled');
    expect(await tryTake(queue)).toBeUndefined();
  });

  test('adds a key later, at the earliest of the times that were asked for', async () => {
    const { queue, clock } = setUp();
    queue.addAfter('a', 60);
    queue.addAfter('a', 10);
    queue.addAfter('a', 30);
    await clock.advance(9);
    expect(queue.depth()).toBe(0);
    await clock.advance(1);
    expect(await tryTake(queue)).toBe('a');
    await clock.advance(100);
    expect(queue.depth()).toBe(0);
  });

  test('brings a failed key back after a time that doubles, and forgets the failures when it settles', async () => {
    const { queue, clock } = setUp();
    queue.add('a');
    for (const seconds of [0.5, 1, 2, 4]) {
      expect(await tryTake(queue)).toBe('a');
      queue.done('a', 'failed');
      await clock.advance(seconds - 0.1);
      expect(queue.depth()).toBe(0);
      await clock.advance(0.1);
    }
    expect(await tryTake(queue)).toBe('a');
    queue.done('a', 'settled');
    queue.add('a');
    await tryTake(queue);
    queue.done('a', 'failed');
    await clock.advance(0.5);
    expect(queue.depth()).toBe(1);
  });

  test('waits at least as long as the server asked for', async () => {
    const { queue, clock } = setUp();
    queue.add('a');
    await tryTake(queue);
    queue.done('a', 'failed', 20);
    await clock.advance(19);
    expect(queue.depth()).toBe(0);
    await clock.advance(1);
    expect(queue.depth()).toBe(1);
  });

  test('does not hold a failed key back that changed meanwhile', async () => {
    const { queue } = setUp();
    queue.add('a');
    await tryTake(queue);
    queue.add('a');
    queue.done('a', 'failed');
    expect(await tryTake(queue)).toBe('a');
  });

  test('refuses a worker whose signal aborts, and gives the key to another', async () => {
    const { queue } = setUp();
    const stop = new AbortController();
    const refused = queue.take(stop.signal);
    stop.abort(new Error('shutting down'));
    await expect(refused).rejects.toThrow('shutting down');
    queue.add('a');
    expect(await tryTake(queue)).toBe('a');
  });

  test('forgets pending times when it is closed', async () => {
    const { queue, clock } = setUp();
    queue.addAfter('a', 1);
    queue.close();
    queue.addAfter('b', 1);
    await clock.advance(10);
    expect([queue.depth(), clock.sleepers()]).toEqual([0, 0]);
  });
});

const action = fc.oneof(
  fc.record({ does: fc.constant('add' as const), key: fc.constantFrom('a', 'b', 'c') }),
  fc.record({ does: fc.constant('addAfter' as const), key: fc.constantFrom('a', 'b', 'c'), seconds: fc.integer({ min: 0, max: 20 }) }),
  fc.record({ does: fc.constant('take' as const) }),
  fc.record({ does: fc.constant('done' as const), outcome: fc.constantFrom('settled' as const, 'failed' as const) }),
  fc.record({ does: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 30 }) }),
);

test('no key is lost and none is worked on twice at a time, whatever happens in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 60 }), async (actions) => {
      const { queue, clock } = setUp();
      const working: string[] = [];
      const owed = new Set<string>();
      const take = async () => {
        const key = await tryTake(queue);
        if (key === undefined) return false;
        expect(working).not.toContain(key);
        working.push(key);
        owed.delete(key);
        return true;
      };
      for (const step of actions) {
        if (step.does === 'add') queue.add(step.key);
        if (step.does === 'addAfter') queue.addAfter(step.key, step.seconds);
        if (step.does === 'add' || step.does === 'addAfter') owed.add(step.key);
        if (step.does === 'take') await take();
        if (step.does === 'pass') await clock.advance(step.seconds);
        if (step.does !== 'done') continue;
        const key = working.shift();
        if (key === undefined) continue;
        queue.done(key, step.outcome);
        if (step.outcome === 'failed') owed.add(key);
      }
      for (const key of working.splice(0)) queue.done(key, 'settled');
      await clock.advance(200);
      while (await take());
      expect([...owed]).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
