import { completedType, IDLE, inProgressType, type Stage, upgradeMessages, upgradeReasons, type WorkStage } from '@godwit/api';
import {
  type Conditions,
  conditionOf,
  isCleaningUp,
  isCompleted,
  isFailed,
  isIdle,
  isInProgress,
  isInvalidTransition,
} from './stage-conditions.ts';
import type { StageEvent } from './stage-event.ts';
import type { Situation } from './valid-next-stages.ts';

/** A rollback that somebody has given up is not asked for again by the stage that still stands in the spec. */
const isGivenUp = (conditions: Conditions, stage: WorkStage): boolean =>
  stage === 'Rollback' && conditionOf(conditions, inProgressType(stage))?.reason === upgradeReasons.failed;

/** Whether the wanted stage is one that has neither begun nor ended yet. */
export const isTransitionRequested = ({ stage, conditions }: Pick<Situation, 'stage' | 'conditions'>): boolean => {
  if (stage === 'Idle') return !isIdle(conditions) && !isCleaningUp(conditions);
  const ended = conditionOf(conditions, completedType(stage)) !== undefined;
  return !ended && !isInProgress(conditions, stage) && !isGivenUp(conditions, stage);
};

/** A rollback that was only asked for in vain does not stand in the way of aborting. */
const isRollbackInTheWay = (conditions: Conditions): boolean => {
  const rollback = conditionOf(conditions, inProgressType('Rollback'));
  return rollback !== undefined && !isInvalidTransition(rollback);
};

/** Before an upgrade has begun there is nothing to roll back, even when the spec names the very release that runs. */
const hasPivoted = ({ conditions, afterPivot }: Situation): boolean => {
  const upgrade = conditionOf(conditions, inProgressType('Upgrade'));
  const hasBegun = upgrade !== undefined && !isInvalidTransition(upgrade);
  return afterPivot && (hasBegun || conditionOf(conditions, completedType('Upgrade')) !== undefined);
};

const whyNotIdle = ({ conditions, afterPivot }: Situation): string => {
  if (isFailed(conditions, 'Rollback')) return upgradeMessages.idleAfterFailedRollback;
  if (!afterPivot) return upgradeMessages.idleNotAllowed;
  return isInProgress(conditions, 'Rollback') ? upgradeMessages.idleDuringRollback : upgradeMessages.idleAfterPivot;
};

const toIdle = (situation: Situation): StageEvent => {
  const { conditions } = situation;
  const idle = conditionOf(conditions, IDLE);
  if (isCompleted(conditions, 'Upgrade') || isCompleted(conditions, 'Rollback')) return { type: 'cleaningUp', cleanup: 'Finalize' };
  if (idle?.status === 'False' && !hasPivoted(situation) && !isRollbackInTheWay(conditions))
    return { type: 'cleaningUp', cleanup: 'Abort' };
  if (idle === undefined) return { type: 'cleanedUp' };
  return { type: 'refused', stage: 'Idle', message: whyNotIdle(situation) };
};

const refused = (stage: Stage, message: string): StageEvent => ({ type: 'refused', stage, message });

const mayBegin: Record<WorkStage, (conditions: Conditions) => boolean> = {
  Prep: isIdle,
  Upgrade: (conditions) => isCompleted(conditions, 'Prep'),
  Rollback: (conditions) => conditionOf(conditions, completedType('Upgrade')) !== undefined || isInProgress(conditions, 'Upgrade'),
};

/** What the wanted stage makes happen: its beginning, an abort, a finalise, or a refusal. Ask only when a transition is requested. */
export const transitionOf = (situation: Situation): StageEvent => {
  const { stage, conditions } = situation;
  if (stage === 'Idle') return toIdle(situation);
  if (mayBegin[stage](conditions)) return { type: 'entered', stage };
  return refused(stage, stage === 'Rollback' ? upgradeMessages.upgradeNotStarted : upgradeMessages.previousStageNotSucceeded);
};
