import { completedType, IDLE } from '@godwit/api';
import type { StandardCondition } from '@godwit/controller';
import { setCondition } from './set-condition.ts';
import type { Conditions } from './stage-conditions.ts';
import { claimsOf, type StageEvent } from './stage-event.ts';

/** When an event happens, and for which generation of the object. */
export type Moment = { now: string; generation: number | undefined };

/** What an event takes away before it writes. */
const remaining = (conditions: Conditions, event: StageEvent): Conditions => {
  if (event.type === 'cleanedUp') return conditions.filter((each) => each.type === IDLE);
  const ended = event.type === 'accepted' ? 'Rollback' : event.type === 'entered' ? event.stage : undefined;
  return ended === undefined ? conditions : conditions.filter((each) => each.type !== completedType(ended));
};

/** The conditions after an event. */
export const afterEvent = (conditions: Conditions, event: StageEvent, { now, generation }: Moment): StandardCondition[] =>
  claimsOf(event).reduce<StandardCondition[]>(
    (list, claim) => setCondition(list, { ...claim, observedGeneration: generation }, now),
    [...remaining(conditions, event)],
  );
