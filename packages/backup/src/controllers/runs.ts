import type { Log } from '@godwit/controller';

/** Long work beside the loop, at most one per key. */
export type Runs = {
  /** Starts work unless work of that key is running; the signal aborts when the process stops or the key is canceled. */
  start(key: string, stop: AbortSignal, work: (signal: AbortSignal) => Promise<void>): void;
  cancel(key: string): Promise<void>;
  isRunning(key: string): boolean;
  /** Whether the abort of a signal came from `cancel` rather than from the end of the process. */
  wasCanceled(signal: AbortSignal): boolean;
};

const CANCELED = 'canceled';

/** Keeps track of running work; what escapes from it is logged. */
export const createRuns = (log: Log): Runs => {
  const running = new Map<string, { abort: AbortController; ended: Promise<void> }>();
  return {
    start: (key, stop, work) => {
      if (running.has(key)) return;
      const abort = new AbortController();
      const ended = work(AbortSignal.any([stop, abort.signal]))
        .catch((error: unknown) => log.warn({ key, error: (error as Error).message }, 'A run ended early'))
        .finally(() => running.delete(key));
      running.set(key, { abort, ended });
    },
    cancel: async (key) => {
      const run = running.get(key);
      run?.abort.abort(CANCELED);
      await run?.ended;
    },
    isRunning: (key) => running.has(key),
    wasCanceled: (signal) => signal.aborted && signal.reason === CANCELED,
  };
};
