import type { Delay } from './verdict.ts';

/** The seconds that a delay stands for. */
export const secondsOf = (delay: Delay): number => Number.parseFloat(delay) * (delay.endsWith('m') ? 60 : 1);

/** A delay of so many seconds; below a millisecond is none. */
export const delayOf = (seconds: number): Delay => `${Math.max(0, Math.round(seconds * 1000) / 1000)}s`;
