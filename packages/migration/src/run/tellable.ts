import type { Walked } from '@godwit/controller';
import type { Run } from './scope.ts';

/** Seconds between two writes that only tell more of a phase that goes on waiting. */
export const TELL_SECONDS = 1;

/**
 * Whether a state of the walk is written now: always, unless the run only goes on waiting in the phase that its status names,
 * and that status is younger than a second. What is left out stands in the next write. Pure.
 */
export const isTellable = ({ status }: Run, { outcome, journal }: Walked, secondsSinceWrite: number): boolean =>
  outcome !== 'waiting' || status?.phase !== journal?.phase || status?.itinerary !== journal?.pipeline || secondsSinceWrite >= TELL_SECONDS;
