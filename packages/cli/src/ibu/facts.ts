import {
  completedType,
  DISABLED,
  type ImageBasedUpgrade,
  inProgressType,
  STAGES,
  type Stage,
  upgradeAnnotations,
  upgradeReasons,
  type WorkStage,
} from '@godwit/api';
import type { UpgradeState } from './state.ts';

type Condition = NonNullable<NonNullable<ImageBasedUpgrade['status']>['conditions']>[number];

/** A condition by its type. */
export const conditionIn = ({ status }: ImageBasedUpgrade, type: string): Condition | undefined =>
  status?.conditions?.find((each) => each.type === type);

/** The latest event: the last of the conditions. */
export const latestOf = ({ status }: ImageBasedUpgrade): Condition | undefined => status?.conditions?.at(-1);

/** Whether a condition is True. */
export const holds = (upgrade: ImageBasedUpgrade, type: string): boolean => conditionIn(upgrade, type)?.status === 'True';

/** The wanted stage; an object without one wants to be Idle. */
export const stageOf = ({ spec }: ImageBasedUpgrade): Stage => (spec as Partial<ImageBasedUpgrade['spec']> | undefined)?.stage ?? 'Idle';

/** Stages that may be asked for now. */
export const allowedNow = ({ status }: ImageBasedUpgrade): readonly string[] => status?.validNextStages ?? [];

/** Whether going to Idle would finalise (true) rather than abort: the upgrade or the rollback is complete. */
export const wouldFinalize = (upgrade: ImageBasedUpgrade): boolean =>
  holds(upgrade, completedType('Upgrade')) || holds(upgrade, completedType('Rollback'));

/** Which cleaning up has failed, if one has. */
export const failedCleanup = (upgrade: ImageBasedUpgrade): 'AbortFailed' | 'FinalizeFailed' | undefined => {
  const idle = conditionIn(upgrade, 'Idle');
  if (idle?.status !== 'False') return undefined;
  return [upgradeReasons.abortFailed, upgradeReasons.finalizeFailed].find((each) => each === idle.reason);
};

/** Whether a rollback has ended badly. */
export const rollbackFailed = (upgrade: ImageBasedUpgrade): boolean => conditionIn(upgrade, completedType('Rollback'))?.status === 'False';

/** The stage that is worked on, if one is. */
export const workingStage = (upgrade: ImageBasedUpgrade): WorkStage | undefined =>
  STAGES.filter((stage) => stage !== 'Idle').find((stage) => holds(upgrade, inProgressType(stage)));

const phaseIn = ({ status }: ImageBasedUpgrade, stage: WorkStage, name: string) =>
  status?.history?.find((each) => each.stage === stage)?.phases?.find(({ phase }) => phase === name);

/** When the node was rebooted into the new release; undefined before. */
const rebootedAt = (upgrade: ImageBasedUpgrade): string | undefined => phaseIn(upgrade, 'Upgrade', 'PrePivot')?.completionTime;

/** Whether the node goes down now or comes up: from the request for a reboot until the other release says that it works. */
export const isRebooting = ({ upgrade, report }: Pick<UpgradeState, 'upgrade' | 'report'>): boolean => {
  const stage = workingStage(upgrade);
  if (stage === 'Rollback') return report?.status?.phase === 'CompleteRollback' || latestOf(upgrade)?.message === 'Completing rollback';
  return stage === 'Upgrade' && rebootedAt(upgrade) !== undefined && phaseIn(upgrade, 'Upgrade', 'PostPivot') === undefined;
};

/** Seconds after the reboot within which an upgrade must be complete, unless another time is set. */
const DEFAULT_SECONDS = 1800;

/** How long an upgrade may take after its reboot, in seconds. */
export const rollbackSeconds = ({ spec }: ImageBasedUpgrade): number =>
  spec?.autoRollbackOnFailure?.initMonitorTimeoutSeconds || DEFAULT_SECONDS;

/** When the upgrade is rolled back by itself unless it is complete by then; undefined: not now. */
export const rollsBackAt = (upgrade: ImageBasedUpgrade): Date | undefined => {
  const since = rebootedAt(upgrade);
  const isOff = upgrade.metadata.annotations?.[upgradeAnnotations.rollbackOnInitMonitor] === DISABLED;
  if (since === undefined || isOff || workingStage(upgrade) !== 'Upgrade') return undefined;
  return new Date(Date.parse(since) + rollbackSeconds(upgrade) * 1000);
};
