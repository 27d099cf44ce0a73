import { ImageBasedUpgrade, ImageBasedUpgradeReport, UPGRADE_NAME, type UpgradeFinding } from '@godwit/api';
import { timeOf } from '@godwit/controller';
import type { StageScope } from '../handler/stage-handler.ts';
import { type RollbackSettings, readSettings, withChoice, withDeadline, writeSettings } from '../rollback/deadline.ts';
import { rollbackChoice } from '../rollback/policy.ts';
import { autoRollbackConfig } from '../stateroot/auto-rollback.ts';
import { targetStateroot } from './target.ts';

/** Code of the finding about switches of automatic rollbacks that were changed after Prep. */
const ROLLBACK_SWITCH_CHANGED = 'RollbackSwitchChanged';

const changedFinding = (before: RollbackSettings, after: RollbackSettings, now: string): UpgradeFinding[] => {
  const same =
    before.monitor_enabled === after.monitor_enabled && before.enabled_components.postpivot === after.enabled_components.postpivot;
  if (same) return [];
  const monitor = after.monitor_enabled ? 'rolls back' : 'does not roll back';
  const config = after.enabled_components.postpivot ? 'rolls back' : 'does not roll back';
  return [
    {
      code: ROLLBACK_SWITCH_CHANGED,
      severity: 'Info',
      object: 'ImageBasedUpgrade upgrade',
      message: `From ${now} on it is said otherwise than during Prep: running out of time ${monitor}, a failing first configuration ${config}`,
    },
  ];
};

const name = { name: UPGRADE_NAME };

/** Annotations and policy are read once more, the deadline of the upgrade begins, and the way back is written down (D-I15, D-I17, G-I19). */
export const setDeadline = async (scope: StageScope): Promise<void> => {
  const { booted, cluster, clock, host, report, upgrade } = scope;
  const fresh = (await cluster.get(ImageBasedUpgrade, name)) ?? upgrade.current();
  const choice = rollbackChoice(fresh, await cluster.get(ImageBasedUpgradeReport, name));
  const timeoutSeconds = upgrade.current().spec.autoRollbackOnFailure?.initMonitorTimeoutSeconds;
  const root = host.staterootPath(targetStateroot(scope));
  const before = (await readSettings(root)) ?? autoRollbackConfig({ timeoutSeconds, ...choice });
  const after = withDeadline(withChoice(before, choice), clock.now());
  report.found([ROLLBACK_SWITCH_CHANGED], changedFinding(before, after, timeOf(clock.now())));
  await writeSettings(root, { ...after, ...(booted === undefined ? {} : { rollback_stateroot: booted }) });
};
