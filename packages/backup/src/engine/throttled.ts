import type { Clock } from '@godwit/controller';

const MILLISECONDS = 1000;

/** Calls at most once a second, however often it is asked to. */
export const throttled = (tell: () => void, clock: Pick<Clock, 'now'>): (() => void) => {
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    const now = clock.now().getTime();
    if (now - last < MILLISECONDS) return;
    last = now;
    tell();
  };
};
