import type { Stage } from '@godwit/api';
import type { Pipeline, Walked } from '@godwit/controller';
import { completePhase, type History, startPhase } from '../stage/history.ts';

/** Parts of stages that the history of an upgrade lists; a phase belongs to the one that its `step` names. */
export const HISTORY_PHASES: readonly string[] = ['Stateroot', 'Precache', 'PrePivot', 'PostPivot'];

/** The history after a round of walking: a part begins with its first phase and is completed when a later one, or the end, is reached. Pure. */
export const historyAfter = <W, S>(history: History, stage: Stage, pipeline: Pipeline<W, S>, walked: Walked, now: string): History => {
  const at = pipeline.phases.findIndex(({ name }) => name === walked.journal?.phase);
  const steps = HISTORY_PHASES.filter((each) => pipeline.phases.some(({ step }) => step === each));
  const begun = steps
    .filter((each) => walked.visits.some(({ step, started, skipped }) => step === each && started !== undefined && !skipped))
    .reduce((list, each) => startPhase(list, stage, each, now), history);
  const isOver = (step: string): boolean =>
    walked.outcome === 'completed' || pipeline.phases.findLastIndex((phase) => phase.step === step) < at;
  return steps.filter(isOver).reduce((list, each) => completePhase(list, stage, each, now), begun);
};
