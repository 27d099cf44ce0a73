import { ImageBasedUpgrade, ImageBasedUpgradeReport, UPGRADE_NAME, upgradeMessages } from '@godwit/api';
import { timeOf, type Verdict, wait } from '@godwit/controller';
import { removeCarried, saveCarried } from '../carried/carried-upgrade.ts';
import type { StageScope } from '../handler/stage-handler.ts';
import { rebootRequests } from '../host/reboot-requests.ts';
import { givenUp, REBOOT_REASONS } from '../rollback/automatic.ts';
import { saveLeft } from '../rollback/left-deployment.ts';
import { withPolicy } from '../rollback/policy.ts';
import { completePhase } from '../stage/history.ts';
import { actingPhase, failing, says } from './phase.ts';
import { setDeadline } from './set-deadline.ts';
import { targetDeployment, targetStateroot } from './target.ts';
import { tellOfReboot } from './tell-of-reboot.ts';

/** What an unexpected boot of the old release finds in its upgrade. */
const UNCONTROLLED_ROLLBACK = 'Uncontrolled rollback';

const name = { name: UPGRADE_NAME };

const carry = async (scope: StageScope): Promise<void> => {
  const { clock, cluster, deployments, host, upgrade } = scope;
  const booted = deployments.find((each) => each.booted);
  const now = timeOf(clock.now());
  upgrade.tell({ type: 'progressed', stage: 'Upgrade', message: upgradeMessages.inProgress });
  upgrade.change((status) => ({ ...status, history: [...completePhase(status.history ?? [], 'Upgrade', 'PrePivot', now)] }));
  await upgrade.write();
  const policy = await cluster.get(ImageBasedUpgradeReport, name);
  if (booted !== undefined) await saveLeft(host, booted, targetStateroot(scope));
  await saveCarried(host, withPolicy(upgrade.current(), policy), targetStateroot(scope));
  await saveCarried(host, givenUp(upgrade.current(), UNCONTROLLED_ROLLBACK, clock.now()));
};

/** A host that does not reboot now must not boot the new release some day, when nobody expects it. */
const stay = async ({ deployments, host, log }: StageScope): Promise<void> => {
  const booted = deployments.find((each) => each.booted);
  const back = booted === undefined ? removeCarried(host) : host.setDefault(booted).then(() => removeCarried(host));
  await back.catch((fault: unknown) => log.error({ err: fault }, 'the release that runs could not be made the default again'));
};

const leave = async (scope: StageScope): Promise<void> => {
  const { host } = scope;
  await setDeadline(scope);
  await carry(scope);
  await host.setDefault(targetDeployment(scope));
  await tellOfReboot(scope, 'System will now reboot for upgrade');
  await host.reboot(REBOOT_REASONS.upgrade);
};

/** Until the reboot is asked for an upgrade may be aborted, also while the round that asks for it goes on. */
const isCalledOff = async ({ cluster }: StageScope): Promise<boolean> =>
  (await cluster.get(ImageBasedUpgrade, name))?.spec?.stage !== 'Upgrade';

const requests = rebootRequests();

const rebooting = wait(says('Rebooting', upgradeMessages.inProgress));
const calledOff = wait(says('CalledOff', upgradeMessages.inProgress));

const reboot = async (scope: StageScope): Promise<Verdict> => {
  if (await isCalledOff(scope)) return calledOff;
  try {
    await requests.make(scope.host, scope.clock, () => leave(scope));
    return rebooting;
  } catch (error) {
    await stay(scope);
    throw error;
  }
};

/** Saves the upgrade for the release that comes and for the one that is left, makes the new one the default, and reboots into it. */
export const pivot = actingPhase({ name: 'Pivot', step: 'Pivot', message: upgradeMessages.inProgress, act: reboot, onError: failing });
