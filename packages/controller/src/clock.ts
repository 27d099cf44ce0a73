import { setTimeout as pause } from 'node:timers/promises';

/** Time as the product sees it; tests bring their own. */
export type Clock = { now(): Date; sleep(seconds: number, signal?: AbortSignal): Promise<void> };

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (seconds, signal) => pause(seconds * 1000, undefined, { signal, ref: false }),
};
