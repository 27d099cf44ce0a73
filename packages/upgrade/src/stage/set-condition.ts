import { IDLE } from '@godwit/api';
import type { StandardClaim, StandardCondition } from '@godwit/controller';
import { type Conditions, conditionOf } from './stage-conditions.ts';

/**
 * The list with this claim in it. A condition that changes its status moves to the end, and Idle always does, so that the last one is
 * what happened last. The transition time moves with the status, or with the place.
 */
export const setCondition = (conditions: Conditions, claim: StandardClaim, now: string): StandardCondition[] => {
  const before = conditionOf(conditions, claim.type);
  if (before === undefined) return [...conditions, { ...claim, lastTransitionTime: now }];
  const changes = before.status !== claim.status;
  if (before !== conditions.at(-1) && (changes || claim.type === IDLE))
    return [...conditions.filter((each) => each !== before), { ...claim, lastTransitionTime: now }];
  const after = { ...claim, lastTransitionTime: changes ? now : before.lastTransitionTime };
  return conditions.map((each) => (each === before ? after : each));
};
