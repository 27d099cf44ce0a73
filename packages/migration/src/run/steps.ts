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
    if (step.started === undefined) return { ...step, skipped: true, message: 'Skipped' };
    return step.completed === undefined ? { ...step, completed: now, ...(failed ? { failed: true } : {}) } : step;
  });

/** Adds the steps of a newly chosen itinerary behind those of earlier ones. */
export const opened = (steps: readonly PipelineStep[], names: readonly string[]): PipelineStep[] => [
  ...steps,
  ...names.map((name) => ({ name, message: NOT_STARTED })),
];

const stepAfter = (step: PipelineStep, visits: readonly Visited[], over: boolean, now: string): PipelineStep => {
  const last = visits.at(-1);
  if (last === undefined) return over ? (closed([step], now, false)[0] ?? step) : step;
  const begun = { name: step.name, started: step.started ?? visits[0]?.started ?? now, phase: last.name, message: last.description };
  const progress = last.lines.length > 0 ? [...last.lines] : (step.progress ?? []);
  return {
    ...begun,
    ...(progress.length > 0 ? { progress } : {}),
    ...(over ? { completed: last.completed ?? now, message: 'Completed' } : {}),
  };
};

/**
 * The steps of the current itinerary (the last `count` of the list) after phases were visited.
 * Every step before the one that the run is in is over: completed when it was begun, else skipped.
 */
export const advanced = (
  steps: readonly PipelineStep[],
  count: number,
  visits: readonly Visited[],
  now: string,
  ended: boolean,
): PipelineStep[] => {
  const earlier = steps.slice(0, steps.length - count);
  const current = steps.slice(steps.length - count);
  const at = current.findIndex(({ name }) => name === visits.at(-1)?.step);
  return [
    ...earlier,
    ...current.map((step, index) =>
      stepAfter(
        step,
        visits.filter((visit) => visit.step === step.name),
        ended || index < at,
        now,
      ),
    ),
  ];
};
