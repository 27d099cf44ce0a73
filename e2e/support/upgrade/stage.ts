import type { Progress } from '@godwit/devcluster';
import type { TestNode } from '../node.ts';
import type { Score } from '../score.ts';
import type { UpgradeSet } from './upgrade-set.ts';

/** The set that the demo owns, and its two nodes: where seeds are made, and the one that is upgraded. */
export const [SET, MAKER, EDGE] = ['upgrade', 'maker', 'edge'] as const;

/** Where its logs go. */
export const FOLDER = 'build/upgrade';

/** What every part of the demo works with. */
export type Stage = {
  set: UpgradeSet;
  /** The node that is upgraded. */
  edge: TestNode;
  score: Score;
  say: Progress;
};
