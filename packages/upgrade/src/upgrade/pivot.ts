import { ImageBasedUpgrade, ImageBasedUpgradeReport, UPGRADE_NAME, type UpgradeFinding, upgradeMessages } from '@godwit/api';
import { fail, timeOf, type Verdict, wait } from '@godwit/controller';
import { removeCarried, saveCarried } from '../carried/carried-upgrade.ts';
import type { StageScope } from '../handler/stage-handler.ts';
import { givenUp, REBOOT_REASONS } from '../rollback/automatic.ts';
import { type RollbackSettings, readSettings, withChoice, withDeadline, writeSettings } from '../rollback/deadline.ts';
import { rollbackChoice, withPolicy } from '../rollback/policy.ts';
import { completePhase } from '../stage/history.ts';
import { autoRollbackConfig } from '../stateroot/auto-rollback.ts';
import { actingPhase, failing, says } from './phase.ts';
import { targetDeployment, targetStateroot } from './target.ts';
import { tellOfReboot } from './tell-of-reboot.ts';

/** Code of the finding about switches of automatic rollbacks that were changed after Prep. */
const ROLLBACK_SWITCH_CHANGED = 'RollbackSwitchChanged';

/** What an unexpected boot of the old release finds in its upgrade. */
const UNCONTROLLED_ROLLBACK = 'Uncontrolled rollback';

const NO_REBOOT = 'failed to reboot. This should never happen! Please check the system';
const PATIENCE_SECONDS = 3600;

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
const setDeadline = async (scope: StageScope): Promise<void> => {
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

const carry = async (scope: StageScope): Promise<void> => {
  const { clock, cluster, host, upgrade } = scope;
  const now = timeOf(clock.now());
  upgrade.tell({ type: 'progressed', stage: 'Upgrade', message: upgradeMessages.inProgress });
  upgrade.change((status) => ({ ...status, history: [...completePhase(status.history ?? [], 'Upgrade', 'PrePivot', now)] }));
  await upgrade.write();
  const policy = await cluster.get(ImageBasedUpgradeReport, name);
  await saveCarried(host, withPolicy(upgrade.current(), policy), targetStateroot(scope));
  await saveCarried(host, givenUp(upgrade.current(), UNCONTROLLED_ROLLBACK, clock.now()));
};

const secondsIn = ({ report, clock }: StageScope, phase: string): number => {
  const started = report.status().phases?.find(({ name, completed }) => name === phase && completed === undefined)?.started;
  return started === undefined ? 0 : (clock.now().getTime() - Date.parse(started)) / 1000;
};

/** Who has asked for the reboot, by the boot in which it was asked for. */
const asked = new WeakMap<StageScope['host'], string>();

const NAME = 'Pivot';

/** A host that does not reboot now must not boot the new release some day, when nobody expects it. */
const stay = async ({ deployments, host, log }: StageScope, error: unknown): Promise<never> => {
  const booted = deployments.find((each) => each.booted);
  const back = booted === undefined ? removeCarried(host) : host.setDefault(booted).then(() => removeCarried(host));
  await back.catch((fault: unknown) => log.error({ err: fault }, 'the release that runs could not be made the default again'));
  throw error;
};

const reboot = async (scope: StageScope): Promise<Verdict> => {
  const { host } = scope;
  const bootId = await host.bootId();
  // Once per process and boot: a restarted agent asks again, in case the request was lost.
  if (asked.get(host) === bootId)
    return secondsIn(scope, NAME) > PATIENCE_SECONDS
      ? fail(says('Failed', NO_REBOOT))
      : wait(says('Rebooting', upgradeMessages.inProgress));
  await setDeadline(scope);
  await carry(scope);
  await host.setDefault(targetDeployment(scope));
  await tellOfReboot(scope, 'System will now reboot for upgrade');
  await host.reboot(REBOOT_REASONS.upgrade).catch((error: unknown) => stay(scope, error));
  asked.set(host, bootId);
  return wait(says('Rebooting', upgradeMessages.inProgress));
};

/** Saves the upgrade for the release that comes and for the one that is left, makes the new one the default, and reboots into it. */
export const pivot = actingPhase({ name: NAME, step: 'Pivot', message: upgradeMessages.inProgress, act: reboot, onError: failing });
