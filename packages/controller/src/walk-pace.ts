import { ApiError } from '@godwit/kube';
import { backoffSeconds } from './backoff.ts';
import { delayOf } from './delay.ts';
import type { Delay, Said } from './verdict.ts';
import { deadlineExceeded } from './walk-reasons.ts';
import type { WalkAction } from './walk-state.ts';
import type { Visit } from './walked.ts';

/** How long a phase may take in all, and how much of that is left; seconds. */
export type Patience = { phase: string; seconds: number; left: number };

/** Seconds since a phase was entered. */
export const secondsIn = ({ started }: Visit, now: Date): number =>
  started === undefined ? 0 : (now.getTime() - Date.parse(started)) / 1000;

/** The patience left for the phase of a visit. */
export const patienceFor = (visit: Visit, seconds: number, now: Date): Patience => ({
  phase: visit.name,
  seconds,
  left: seconds - secondsIn(visit, now),
});

/** What becomes of a phase that would go on waiting so many seconds: it waits, at most until its deadline; past the deadline it has failed. */
export const hesitate = (
  patience: Patience,
  action: { type: 'waited' | 'erred'; said: Said },
  seconds: number,
  at: string,
): { action: WalkAction; after?: Delay } =>
  patience.left <= 0
    ? { action: { type: 'failed', said: deadlineExceeded(patience.phase, patience.seconds, action.said), at } }
    : { action, after: delayOf(Math.min(seconds, patience.left)) };

/** An application may be asleep meanwhile, and one more try costs a few requests. */
const MOST_SECONDS = 10;

/** Seconds until a phase is tried again after an error, ten at most; a server that asks for more gets more. */
export const secondsToRetry = (error: unknown, attempts: number, random: () => number): number =>
  Math.max(error instanceof ApiError ? (error.retryAfter ?? 0) : 0, Math.min(MOST_SECONDS, backoffSeconds(attempts, random)));
