import type { PipelineStep } from '@godwit/api';

/** A phase as the walk reports it. */
export type Visited = {
  name: string;
  step: string;
  description: string;
  started: string;
  completed?: string | undefined;
  lines: readonly string[];
};

const NOT_STARTED = 'Not started';

/** The steps of a pipeline: each step's name once, in the order of its first phase. */
export const stepNames = (phases: readonly { step: string }[]): string[] => [...new Set(phases.map(({ step }) => step))];

/** Ends what an earlier itinerary left open: begun steps are completed (and failed, when that is why it ended), the others skipped. */
export const closed = (steps: readonly PipelineStep[], now: string, failed: boolean): PipelineStep[] =>
  steps.map((step) => {
    if (step.started === undefined) return skipped(step);
    return step.completed === undefined ? { ...step, completed: now, ...(failed ? { failed: true } : {}) } : step;
  });

/** Adds the steps of a newly chosen itinerary behind those of earlier ones. */
export const opened = (steps: readonly PipelineStep[], names: readonly string[]): PipelineStep[] => [
  ...steps,
  ...names.map((name) => ({ name, message: NOT_STARTED })),
];

const over = (step: PipelineStep, now: string): PipelineStep =>
  step.completed === undefined ? { ...step, completed: now, message: 'Completed' } : step;

const skipped = (step: PipelineStep): PipelineStep => ({ ...step, skipped: true, message: 'Skipped' });

const visitedStep = (step: PipelineStep, visits: readonly Visited[]): PipelineStep => {
  const last = visits.at(-1);
  if (last === undefined) return step;
  const told = visits.findLast(({ lines }) => lines.length > 0)?.lines;
  const progress = told === undefined ? (step.progress ?? []) : [...told];
  return {
    name: step.name,
    started: step.started ?? last.started,
    phase: last.name,
    message: last.description,
    ...(progress.length > 0 ? { progress } : {}),
  };
};

/**
 * The steps of the current itinerary (the last `count` of the list) after phases were visited.
 * The run is in the step of the last visit. Of the others, those that were begun are over, and those that it has passed by are skipped;
 * a step whose phases are not all in a row is begun again when the run comes back to it.
 */
export const advanced = (
  steps: readonly PipelineStep[],
  count: number,
  visits: readonly Visited[],
  now: string,
  ended: boolean,
): PipelineStep[] => {
  const earlier = steps.slice(0, steps.length - count);
  const current = steps.slice(steps.length - count).map((step) =>
    visitedStep(
      step,
      visits.filter((visit) => visit.step === step.name),
    ),
  );
  const at = current.findIndex(({ name }) => name === visits.at(-1)?.step);
  const settled = current.map((step, index) => {
    if (index === at && !ended) return step;
    if (step.started !== undefined && (at >= 0 || ended))
      return over(step, visits.findLast((visit) => visit.step === step.name)?.completed ?? now);
    return ended || index < at ? skipped(step) : step;
  });
  return [...earlier, ...settled];
};
