import type { Clock } from './clock.ts';

/** Lets those who wait go on, or turns them away. */
export type Gate = {
  /** Waits so many seconds at most; then rejects with what `tooLate` makes. */
  wait(seconds: number, tooLate: () => Error): Promise<void>;
  /** Lets all go on who wait now. */
  open(): void;
  /** Turns all away who wait now. */
  refuse(error: unknown): void;
};

type Waiter = { resolve: () => void; reject: (error: unknown) => void };

/** Makes a gate before which nobody waits. */
export const createGate = (clock: Clock): Gate => {
  const waiters = new Set<Waiter>();
  const answer = (tell: (waiter: Waiter) => void) => {
    for (const waiter of waiters) tell(waiter);
    waiters.clear();
  };
  return {
    wait: (seconds, tooLate) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const waiter = { resolve, reject };
      waiters.add(waiter);
      const patience = new AbortController();
      clock.sleep(seconds, patience.signal).then(
        () => {
          waiters.delete(waiter);
          reject(tooLate());
        },
        () => {},
      );
      return promise.finally(() => patience.abort());
    },
    open: () => answer(({ resolve }) => resolve()),
    refuse: (error) => answer(({ reject }) => reject(error)),
  };
};
