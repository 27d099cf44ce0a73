import { advance } from '@godwit/controller';
import { NothingToDo } from '../reasons.ts';
import { runPhase } from '../scope.ts';

/**
 * A phase of upstream's itinerary that has no work in a direct migration, recorded so that clients find every phase they know.
 * `why` says what upstream does there and why nothing is left to do.
 */
export const passes = (name: string, step: string, description: string, _why: string) =>
  runPhase({ name, step, description, observe: async () => undefined, decide: () => advance(NothingToDo()) });
