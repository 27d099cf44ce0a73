import { inProgressType, upgradeAnnotations } from '@godwit/api';
import { isSwitchedOn } from '../annotations/switches.ts';
import type { StageHandler, StageOutcome, StageScope } from '../handler/stage-handler.ts';
import { walkStage } from '../handler/walk-stage.ts';
import { rebootRequests } from '../host/reboot-requests.ts';
import { rollBackByItself } from '../rollback/automatic.ts';
import { keepUpgradeEvidence } from '../rollback/upgrade-evidence.ts';
import { conditionOf, isFailed } from '../stage/stage-conditions.ts';
import { postPivot, rollbackWords } from './post-pivot.ts';
import { prePivot } from './pre-pivot.ts';

const walkUpgrade = walkStage({ stage: 'Upgrade', choose: ({ afterPivot }) => (afterPivot ? postPivot : prePivot) });

const isRollbackWanted = ({ afterPivot, upgrade }: StageScope): boolean =>
  afterPivot && isSwitchedOn(upgrade.current().metadata.annotations, upgradeAnnotations.rollbackOnUpgradeCompletion);

const requests = rebootRequests();

/**
 * What this throws, also that no reboot has come, is tried again in the next round, and by a restarted agent: the upgrade says that it is rolled
 * back until it is.
 */
const rollBack = async (scope: StageScope, message: string): Promise<StageOutcome> => {
  const { host, clock, log } = scope;
  await requests.make(host, clock, () =>
    rollBackByItself({ host, clock, log, keepEvidence: (stateroot, signal) => keepUpgradeEvidence(scope, stateroot, signal) }, message),
  );
  return { type: 'working', message, after: '60s' };
};

/** Why a rollback has begun, before which nothing else is to be done; undefined: none has. */
const begunRollback = ({ upgrade }: StageScope): string | undefined =>
  isFailed(upgrade.conditions(), 'Upgrade') ? conditionOf(upgrade.conditions(), inProgressType('Upgrade'))?.message : undefined;

const beginRollback = async (scope: StageScope, failure: string): Promise<StageOutcome> => {
  const words = rollbackWords[scope.report.status().phase ?? ''] ?? 'Rollback due to upgrade failure';
  const message = `${words}: ${failure}`;
  scope.upgrade.tell({ type: 'rollingBack', message });
  await scope.upgrade.write();
  return rollBack(scope, message);
};

/**
 * Upgrades: before the reboot it backs up and hands over, after it applies and restores. A failure of the new release rolls back by itself,
 * unless the annotation says otherwise; then it stays, and a rollback may be asked for.
 */
export const upgradeHandler: StageHandler = async (scope) => {
  const begun = begunRollback(scope);
  if (begun !== undefined) return isRollbackWanted(scope) ? rollBack(scope, begun) : { type: 'failed', message: begun };
  const outcome = await walkUpgrade(scope);
  return outcome.type === 'failed' && isRollbackWanted(scope) ? beginRollback(scope, outcome.message) : outcome;
};
