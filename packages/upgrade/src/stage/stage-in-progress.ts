import type { Stage, WorkStage } from '@godwit/api';
import { type Conditions, isCleaningUp, isInProgress } from './stage-conditions.ts';

const WORK: readonly WorkStage[] = ['Prep', 'Upgrade', 'Rollback'];

/** The stage whose handler is to run; undefined: none. What is aborted still says that it is in progress, so cleaning up comes first. */
export const stageInProgress = (conditions: Conditions): Stage | undefined =>
  isCleaningUp(conditions) ? 'Idle' : WORK.find((stage) => isInProgress(conditions, stage));
