import type { Metrics } from './metrics.ts';
import type { Visit, Walked } from './walked.ts';

const outcomeOf = ({ skipped, failed, completed }: Visit): string => {
  if (skipped) return 'skip';
  if (failed) return 'fail';
  return completed === undefined ? 'wait' : 'advance';
};

/** Counts what a round of walking said about each phase. */
export const countVisits = (metrics: Pick<Metrics, 'verdict'>, pipeline: string, { visits }: Walked): void => {
  for (const visit of visits) metrics.verdict(pipeline, visit.name, outcomeOf(visit), visit.said?.reason ?? '');
};
