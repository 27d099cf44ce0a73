import { IDLE, type Stage, upgradeReasons } from '@godwit/api';
import { type Conditions, conditionOf, isCleaningUp, isCompleted, isFailed, isIdle, isInProgress } from './stage-conditions.ts';

/** What decides on the stages that may be asked for. */
export type Situation = { readonly conditions: Conditions; readonly afterPivot: boolean; readonly stage: Stage };

/** A situation and what may be asked for in it. */
type Row = { readonly when: (situation: Situation) => boolean; readonly stages: (situation: Situation) => readonly Stage[] };

const row = (when: Row['when'], ...stages: readonly Stage[]): Row => ({ when, stages: () => stages });

const ROWS: readonly Row[] = [
  row(({ conditions }) => isCleaningUp(conditions) || isInProgress(conditions, 'Rollback') || isFailed(conditions, 'Rollback')),
  row(({ conditions }) => isInProgress(conditions, 'Prep') || isFailed(conditions, 'Prep'), 'Idle'),
  {
    when: ({ conditions }) => isInProgress(conditions, 'Upgrade') || isFailed(conditions, 'Upgrade'),
    stages: ({ afterPivot }) => (afterPivot ? ['Rollback'] : ['Idle']),
  },
  row(({ conditions }) => isCompleted(conditions, 'Rollback'), 'Idle'),
  row(({ conditions }) => isCompleted(conditions, 'Upgrade'), 'Idle', 'Rollback'),
  row(({ conditions }) => isCompleted(conditions, 'Prep'), 'Idle', 'Upgrade'),
  row(({ conditions }) => isIdle(conditions), 'Prep'),
  row(({ conditions }) => conditionOf(conditions, IDLE) === undefined, 'Idle'),
  {
    when: ({ conditions }) => conditionOf(conditions, IDLE)?.reason === upgradeReasons.blocked,
    stages: ({ stage }) => [stage],
  },
];

/** The stages that may be asked for; the first row that fits says it. Empty: none. */
export const validNextStages = (situation: Situation): readonly Stage[] =>
  ROWS.find(({ when }) => when(situation))?.stages(situation) ?? [];
