import type { Clock } from '@godwit/controller';
import { ApiError } from '@godwit/kube';
import { isWorthRetrying } from './causes.ts';

const START = 32;
const LEAST = 4;
const MOST = 128;
const SLOW_MILLISECONDS = 2_000;
const ATTEMPTS = 7;
const FIRST_PAUSE_SECONDS = 0.2;

/** Lets so many requests run at once as the server can take. */
export type Limiter = {
  /** Runs one request when there is room; throttled and broken requests are tried again, up to seven times. */
  run<T>(request: () => Promise<T>): Promise<T>;
  /** How many requests may run at once now. */
  width(): number;
};

const pauseAfter = (error: unknown, attempt: number): number =>
  (error instanceof ApiError ? error.retryAfter : undefined) ?? FIRST_PAUSE_SECONDS * 2 ** attempt;

/** A limiter that widens by one per round of good answers and halves on throttling and on slow answers. */
export const createLimiter = (clock: Clock, signal?: AbortSignal): Limiter => {
  let width = START;
  let running = 0;
  const waiting: (() => void)[] = [];
  const release = () => {
    running -= 1;
    while (waiting.length > 0 && running < width) {
      running += 1;
      waiting.shift()?.();
    }
  };
  const acquire = async () => {
    if (running < width) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const narrow = () => {
    width = Math.max(LEAST, width / 2);
  };
  const once = async <T>(request: () => Promise<T>): Promise<T> => {
    await acquire();
    const began = clock.now().getTime();
    try {
      signal?.throwIfAborted();
      const answer = await request();
      if (clock.now().getTime() - began > SLOW_MILLISECONDS) narrow();
      else width = Math.min(MOST, width + 1 / width);
      return answer;
    } finally {
      release();
    }
  };
  return {
    width: () => Math.floor(width),
    run: async (request) => {
      for (let attempt = 0; ; attempt++) {
        try {
          return await once(request);
        } catch (error) {
          if (attempt + 1 >= ATTEMPTS || !isWorthRetrying(error)) throw error;
          narrow();
          await clock.sleep(pauseAfter(error, attempt), signal);
        }
      }
    },
  };
};
