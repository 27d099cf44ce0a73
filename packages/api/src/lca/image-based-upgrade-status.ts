import { z } from 'zod';
import { fields, strings, time } from '../schema.ts';
import { standardCondition } from '../standard-condition.ts';
import { stageField } from './stages.ts';

/** A list whose order has a meaning: the last entry is the latest event, and `kubectl get` prints it. */
export const orderedConditions = z
  .array(standardCondition)
  .optional()
  .describe('What has happened, one entry per type; the last one is the latest event.');

const phase = fields({
  phase: z.string().optional().describe('Stateroot, Precache, PrePivot or PostPivot.'),
  startTime: time().optional().describe('When it began.'),
  completionTime: time().optional().describe('When it was completed. Omitted: it is not.'),
});

const entry = fields({
  stage: stageField().optional().describe('Prep, Upgrade or Rollback.'),
  phases: z.array(phase).optional().describe('Parts of the stage in the order in which they began.'),
  startTime: time().optional().describe('When it began.'),
  completionTime: time().optional().describe('When it was completed. Omitted: it is not.'),
});

/** A stage in the history of an upgrade. */
export type StageRecord = z.infer<typeof entry>;
/** A part of a stage in the history of an upgrade. */
export type StagePhaseRecord = z.infer<typeof phase>;

/** The status of an ImageBasedUpgrade. */
export const imageBasedUpgradeStatus = fields({
  observedGeneration: z.int().optional().describe('The generation that was last handled.'),
  conditions: orderedConditions,
  validNextStages: strings().optional().describe('Stages that may be asked for now. Omitted: none.'),
  rollbackAvailabilityExpiration: time()
    .nullish()
    .describe('Until when a rollback finds valid certificates on the original stateroot. Omitted: there is nothing to roll back to.'),
  history: z.array(entry).optional().describe('When the stages of this upgrade began and ended. Omitted: none has begun.'),
});
