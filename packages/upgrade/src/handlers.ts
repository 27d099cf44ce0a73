import type { StageHandlers } from './handler/stage-handler.ts';
import { idleHandler } from './idle/idle-handler.ts';
import { nodeMeans } from './prep/means.ts';
import { prepHandler } from './prep/prep-handler.ts';
import { rollbackHandler } from './rollback/rollback-handler.ts';
import { upgradeHandler } from './upgrade/upgrade-handler.ts';

/** How each stage is worked on. */
export const stageHandlers: StageHandlers = {
  Idle: idleHandler,
  Prep: prepHandler(nodeMeans),
  Upgrade: upgradeHandler,
  Rollback: rollbackHandler,
};
