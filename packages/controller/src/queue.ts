import { backoffSeconds } from './backoff.ts';
import type { Clock } from './clock.ts';
import { createTakers } from './takers.ts';
import { createTimers } from './timers.ts';

/** Gives every key one place: added twice it is worked once, and never by two workers at a time. */
export type Queue = {
  add(key: string): void;
  /** Adds the key later; of several pending times of a key the earliest counts. */
  addAfter(key: string, seconds: number): void;
  /** The next key to work on; waits for one, and rejects when the signal aborts. */
  take(signal: AbortSignal): Promise<string>;
  /** Ends the work on a key. A failed one comes back after backoff, at the earliest after `atLeastSeconds` (default 0). */
  done(key: string, outcome: 'settled' | 'failed', atLeastSeconds?: number): void;
  /** Keys that wait for a worker now. */
  depth(): number;
  /** Forgets all pending times. */
  close(): void;
};

/** What a queue needs of the world; `random` jitters the backoff (default Math.random). */
export type QueueOptions = { clock: Clock; random?: () => number; onDepth?: (depth: number) => void };

/** Makes an empty queue. Failures are counted per key and forgotten when it settles. */
export const createQueue = ({ clock, random = Math.random, onDepth = () => {} }: QueueOptions): Queue => {
  const waiting = new Set<string>();
  const working = new Set<string>();
  const addedWhileWorking = new Set<string>();
  const failures = new Map<string, number>();
  const takers = createTakers();
  const timers = createTimers(clock);

  const add = (key: string) => {
    if (working.has(key)) addedWhileWorking.add(key);
    else if (!waiting.has(key)) {
      if (takers.hand(key)) working.add(key);
      else waiting.add(key);
      onDepth(waiting.size);
    }
  };
  const addAfter = (key: string, seconds: number) => (seconds <= 0 ? add(key) : timers.set(key, seconds, () => add(key)));
  const retry = (key: string, atLeastSeconds: number) => {
    const count = (failures.get(key) ?? 0) + 1;
    failures.set(key, count);
    addAfter(key, Math.max(atLeastSeconds, backoffSeconds(count, random)));
  };

  return {
    add,
    addAfter,
    take: async (signal) => {
      signal.throwIfAborted();
      const [next] = waiting;
      if (next === undefined) return takers.wait(signal);
      waiting.delete(next);
      working.add(next);
      onDepth(waiting.size);
      return next;
    },
    done: (key, outcome, atLeastSeconds = 0) => {
      working.delete(key);
      if (outcome === 'failed') retry(key, atLeastSeconds);
      else failures.delete(key);
      // A failed key that changed meanwhile is not held back: the change may be the cure.
      if (addedWhileWorking.delete(key)) add(key);
    },
    depth: () => waiting.size,
    close: () => timers.close(),
  };
};
