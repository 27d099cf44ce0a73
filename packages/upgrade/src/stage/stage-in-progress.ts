import type { Stage, WorkStage } from '@godwit/api';
import { type Conditions, isCleaningUp, isInProgress } from './stage-conditions.ts';

const WORK: readonly WorkStage[] = ['Prep', 'Upgrade', 'Rollback'];

/** The stage whose handler is to run; undefined: none. Idle is in progress while it cleans up. */
export const stageInProgress = (conditions: Conditions): Stage | undefined =>
  WORK.find((stage) => isInProgress(conditions, stage)) ?? (isCleaningUp(conditions) ? 'Idle' : undefined);
