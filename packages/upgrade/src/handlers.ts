import type { WorkStage } from '@godwit/api';
import type { StageHandler, StageHandlers } from './handler/stage-handler.ts';
import { idleHandler } from './idle/idle-handler.ts';
import { rollbackHandler } from './rollback/rollback-handler.ts';
import { upgradeHandler } from './upgrade/upgrade-handler.ts';

const notThere =
  (stage: WorkStage): StageHandler =>
  () =>
    Promise.resolve({ type: 'failed', message: `this build has no ${stage} yet` });

/** How each stage is worked on. */
export const stageHandlers: StageHandlers = {
  Idle: idleHandler,
  Prep: notThere('Prep'),
  Upgrade: upgradeHandler,
  Rollback: rollbackHandler,
};
