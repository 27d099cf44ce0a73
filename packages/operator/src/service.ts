import { systemClock } from '@godwit/controller';
import type { Operator } from './options.ts';

const READY_CHECK_SECONDS = 0.1;

/** What a service does until the signal aborts; it calls `ready` when it can be relied upon. */
export type Work = (signal: AbortSignal, ready: () => void) => Promise<void>;

/** Starts work that lasts, and keeps the process alive for it: neither watches nor waiting for a lease do so by themselves. */
export const startService = (work: Work): Operator => {
  const stop = new AbortController();
  const ready = Promise.withResolvers<void>();
  const alive = setInterval(() => {}, 60_000);
  const stopped = work(stop.signal, ready.resolve).finally(() => clearInterval(alive));
  stopped.catch(ready.reject);
  ready.promise.catch(() => {}); // who waits for `stopped` hears of it there
  return {
    ready: ready.promise,
    stopped,
    stop: async () => {
      stop.abort();
      await stopped;
    },
  };
};

/** Watches fill one after the other and tell nobody, so readiness is asked for until it is there. */
export const untilReady = async ({ ready }: { ready(): boolean }, signal: AbortSignal): Promise<void> => {
  while (!ready()) await systemClock.sleep(READY_CHECK_SECONDS, signal);
};
