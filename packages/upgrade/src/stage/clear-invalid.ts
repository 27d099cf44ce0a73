import { IDLE, inProgressType, upgradeMessages, upgradeReasons } from '@godwit/api';
import type { StandardCondition } from '@godwit/controller';
import { type Conditions, isInvalidTransition } from './stage-conditions.ts';

const CLEARED: readonly string[] = [inProgressType('Prep'), inProgressType('Upgrade'), inProgressType('Rollback')];

const cleared = (condition: StandardCondition): StandardCondition[] => {
  if (!isInvalidTransition(condition)) return [condition];
  if (condition.type === IDLE) return [{ ...condition, reason: upgradeReasons.inProgress, message: upgradeMessages.inProgress }];
  return CLEARED.includes(condition.type) ? [] : [condition];
};

/** The conditions without what was said of stages that were asked for in vain. */
export const clearInvalid = (conditions: Conditions): StandardCondition[] => conditions.flatMap(cleared);
