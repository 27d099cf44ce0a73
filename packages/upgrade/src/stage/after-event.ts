import { completedType, IDLE } from '@godwit/api';
import type { StandardCondition } from '@godwit/controller';
import { shortened } from '../host/shortened.ts';
import { setCondition } from './set-condition.ts';
import type { Conditions } from './stage-conditions.ts';
import { claimsOf, type StageEvent } from './stage-event.ts';

/** When an event happens, and for which generation of the object. */
export type Moment = { now: string; generation: number | undefined };

/** The API server refuses a status with a message of more than 32768; what was found in detail is told in full in the report. */
const MOST_CHARACTERS = 32_000;

/** What an event takes away before it writes. */
const remaining = (conditions: Conditions, event: StageEvent): Conditions => {
  if (event.type === 'cleanedUp') return conditions.filter((each) => each.type === IDLE);
  const ended = event.type === 'accepted' ? 'Rollback' : event.type === 'entered' ? event.stage : undefined;
  return ended === undefined ? conditions : conditions.filter((each) => each.type !== completedType(ended));
};

/** The conditions after an event; of a message that is too long for one the middle is left out. */
export const afterEvent = (conditions: Conditions, event: StageEvent, { now, generation }: Moment): StandardCondition[] =>
  claimsOf(event).reduce<StandardCondition[]>(
    (list, { message, ...claim }) =>
      setCondition(list, { ...claim, message: shortened(message, MOST_CHARACTERS), observedGeneration: generation }, now),
    [...remaining(conditions, event)],
  );
