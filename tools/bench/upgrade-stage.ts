import { stopSet } from '@godwit/devcluster';
import { openStage } from '../../e2e/support/upgrade/open.ts';
import type { Stage } from '../../e2e/support/upgrade/stage.ts';

const SET = 'bench-upgrade';

let stage: Promise<Stage> | undefined;

/** A single-node cluster and a seed, made at the first call. */
export const openUpgradeStage = (): Promise<Stage> => {
  stage ??= openStage(SET);
  return stage;
};

/** Removes the node, if it was started. */
export const removeUpgradeBench = async (): Promise<void> => {
  if (stage === undefined) return;
  await stage.catch(() => {}); // removed all the same
  await stopSet(SET);
};
