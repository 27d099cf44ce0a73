import { upgradeAnnotations } from '@godwit/api';
import { isSwitchedOn } from '../annotations/switches.ts';
import type { StageHandler, StageScope } from '../handler/stage-handler.ts';
import { walkStage } from '../handler/walk-stage.ts';
import { rollBackByItself } from '../rollback/automatic.ts';
import { keepUpgradeEvidence } from '../rollback/upgrade-evidence.ts';
import { postPivot, rollbackWords } from './post-pivot.ts';
import { prePivot } from './pre-pivot.ts';

const walkUpgrade = walkStage({ stage: 'Upgrade', choose: ({ afterPivot }) => (afterPivot ? postPivot : prePivot) });

const isRollbackWanted = ({ afterPivot, upgrade }: StageScope): boolean =>
  afterPivot && isSwitchedOn(upgrade.current().metadata.annotations, upgradeAnnotations.rollbackOnUpgradeCompletion);

const rollBack = async (scope: StageScope, message: string): Promise<void> => {
  const words = rollbackWords[scope.report.status().phase ?? ''] ?? 'Rollback due to upgrade failure';
  scope.upgrade.tell({ type: 'failed', stage: 'Upgrade', message });
  await scope.upgrade.write();
  const { host, clock, log } = scope;
  await rollBackByItself(
    { host, clock, log, keepEvidence: (stateroot, signal) => keepUpgradeEvidence(scope, stateroot, signal) },
    `${words}: ${message}`,
  );
};

/**
 * Upgrades: before the reboot it backs up and hands over, after it applies and restores. A failure of the new release rolls back by itself,
 * unless the annotation says otherwise; then it stays, and a rollback may be asked for.
 */
export const upgradeHandler: StageHandler = async (scope) => {
  const outcome = await walkUpgrade(scope);
  if (outcome.type === 'failed' && isRollbackWanted(scope)) await rollBack(scope, outcome.message);
  return outcome;
};
