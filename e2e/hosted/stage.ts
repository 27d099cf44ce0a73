import type { Progress } from '@godwit/devcluster';
import type { OperatorProcess } from '../faults/operator.ts';
import type { HostedSet, Side } from '../support/hosted/hosted-set.ts';
import type { Score } from '../support/score.ts';

/** The set of clusters that the demo owns. */
export const SET = 'hosted';
/** Where its logs, and the logs of its probers, go. */
export const FOLDER = 'build/hosted';

/** What every part of the demo works with. */
export type Stage = {
  set: HostedSet;
  operators: Record<Side, OperatorProcess>;
  score: Score;
  say: Progress;
  highlyAvailable: boolean;
};
