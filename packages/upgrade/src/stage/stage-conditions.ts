import { completedType, IDLE, inProgressType, upgradeReasons, type WorkStage } from '@godwit/api';
import { isTrue, type StandardCondition } from '@godwit/controller';

/** The conditions of an ImageBasedUpgrade; the last one is the latest event. */
export type Conditions = readonly StandardCondition[];

const { aborting, abortFailed, finalizing, finalizeFailed, invalidTransition } = upgradeReasons;

const CLEANING_UP: readonly string[] = [aborting, abortFailed, finalizing, finalizeFailed];

/** The condition of this type, if it is there. */
export const conditionOf = (conditions: Conditions, type: string): StandardCondition | undefined =>
  conditions.find((each) => each.type === type);

/** Whether nothing goes on. */
export const isIdle = (conditions: Conditions): boolean => isTrue(conditions, IDLE);

/** Whether an abort or a finalise has begun and is not through; failed ones count, too. */
export const isCleaningUp = (conditions: Conditions): boolean => {
  const idle = conditionOf(conditions, IDLE);
  return idle?.status === 'False' && CLEANING_UP.includes(idle.reason);
};

/** Whether cleaning up has failed and waits for a person or for its next attempt. */
export const hasCleanupFailed = (conditions: Conditions): boolean => {
  const idle = conditionOf(conditions, IDLE);
  return idle?.status === 'False' && (idle.reason === abortFailed || idle.reason === finalizeFailed);
};

/** Whether a stage is being worked on. */
export const isInProgress = (conditions: Conditions, stage: WorkStage): boolean => isTrue(conditions, inProgressType(stage));

/** Whether a stage ended well. */
export const isCompleted = (conditions: Conditions, stage: WorkStage): boolean => isTrue(conditions, completedType(stage));

/** Whether a stage ended badly. */
export const isFailed = (conditions: Conditions, stage: WorkStage): boolean =>
  conditionOf(conditions, completedType(stage))?.status === 'False';

/** Whether a condition only says that a stage was asked for in vain. */
export const isInvalidTransition = ({ reason }: StandardCondition): boolean => reason === invalidTransition;
