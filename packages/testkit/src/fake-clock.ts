import type { Clock } from '@godwit/controller';

/** A clock that stands still until a test moves it. */
export type FakeClock = Clock & {
  /** Moves on by so many seconds, waking sleepers in the order of their times. */
  advance(seconds: number): Promise<void>;
  /** How many sleep. */
  sleepers(): number;
};

const DEFAULT_TIME = '2030-01-01T10:00:00Z';

/** Lets everything go on that is not waiting for time. */
const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** Makes a clock that shows this moment. */
export const fakeClock = (iso: string = DEFAULT_TIME): FakeClock => {
  let now = Date.parse(iso);
  const sleepers = new Set<{ due: number; wake: () => void }>();
  const nextDue = (until: number) => [...sleepers].filter(({ due }) => due <= until).sort((a, b) => a.due - b.due)[0];
  return {
    now: () => new Date(now),
    sleep: (seconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const sleeper = { due: now + seconds * 1000, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        });
      }),
    advance: async (seconds) => {
      const until = now + seconds * 1000;
      await settle();
      for (let next = nextDue(until); next; next = nextDue(until)) {
        sleepers.delete(next);
        now = Math.max(now, next.due);
        next.wake();
        await settle();
      }
      now = until;
      await settle();
    },
    sleepers: () => sleepers.size,
  };
};
