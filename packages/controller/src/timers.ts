import type { Clock } from './clock.ts';

/** Timers by key. */
export type Timers = {
  /** Calls `ring` after so many seconds (at most a day), unless the key's timer rings earlier anyway. */
  set(key: string, seconds: number, ring: () => void): void;
  /** Stops all of them. */
  close(): void;
};

const DAY_SECONDS = 86_400;

/** Makes timers on a clock: one per key, the earliest time wins. */
export const createTimers = (clock: Clock): Timers => {
  const pending = new Map<string, { due: number; stop: AbortController }>();
  let closed = false;
  return {
    set: (key, seconds, ring) => {
      const patience = Math.min(seconds, DAY_SECONDS);
      const due = clock.now().getTime() + patience * 1000;
      const before = pending.get(key);
      if (closed || (before && before.due <= due)) return;
      before?.stop.abort();
      const timer = { due, stop: new AbortController() };
      pending.set(key, timer);
      clock.sleep(patience, timer.stop.signal).then(
        () => {
          // The clock of a test may ring a timer that was replaced in the same moment.
          if (pending.get(key) !== timer) return;
          pending.delete(key);
          ring();
        },
        () => {},
      );
    },
    close: () => {
      closed = true;
      for (const { stop } of pending.values()) stop.abort();
      pending.clear();
    },
  };
};
