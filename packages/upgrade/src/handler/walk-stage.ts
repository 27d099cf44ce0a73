import { fieldManagers, type ImageBasedUpgrade, type Stage } from '@godwit/api';
import { carryOut, journalOf, type Pipeline, redact, timeOf, type Walked, walk } from '@godwit/controller';
import { journalAfter } from '../report/journal.ts';
import type { StageHandler, StageOutcome, StageScope } from './stage-handler.ts';
import { historyAfter } from './stage-history.ts';

/** A list of phases of a stage. A phase's `step` names the part of the history that it belongs to: Stateroot, Precache, PrePivot, PostPivot. */
export type StagePipeline = Pipeline<StageScope, ImageBasedUpgrade>;

/** A stage as a list of phases. */
export type WalkedStage = {
  stage: Stage;
  /** Names the list to walk. Pure: the same state always gets the same list. */
  choose: (scope: StageScope) => StagePipeline;
  /** What the condition says at the end. Default `<Stage> completed`. */
  completed?: (scope: StageScope) => string;
};

const outcomeOf = (walked: Walked, completed: string | undefined): StageOutcome => {
  if (walked.outcome === 'completed') return { type: 'completed', ...(completed === undefined ? {} : { message: completed }) };
  const message = redact(walked.said?.message ?? walked.current?.description ?? '');
  if (walked.outcome === 'failed') return { type: 'failed', message };
  return { type: 'working', message, ...(walked.after === undefined ? {} : { after: walked.after }) };
};

/**
 * Makes a handler of a list of phases. What a phase says while it waits becomes the message of the stage's condition, what it fails with its
 * failure; effects name the API server `cluster`. The journal lies in the report, and the parts of the stage in the history of the upgrade.
 */
export const walkStage =
  ({ stage, choose, completed }: WalkedStage): StageHandler =>
  async (scope) => {
    const { cluster, clock, report, upgrade, tasks, signal } = scope;
    const pipeline = choose(scope);
    const walked = await walk({
      pipeline,
      world: scope,
      subject: upgrade.current(),
      journal: journalOf(report.status()),
      clock,
      carryOut: (effects) => carryOut(effects, { cluster }, { fieldManager: fieldManagers.upgrade, signal, tasks }),
      record: async (state) => {
        report.change((status) => journalAfter(status, pipeline.name, state));
        const now = timeOf(clock.now());
        upgrade.change((status) => ({ ...status, history: [...historyAfter(status.history ?? [], stage, pipeline, state, now)] }));
        await report.write();
      },
    });
    return outcomeOf(walked, completed?.(scope));
  };
