import { advance, pipeline, type Verdict, wait } from '@godwit/controller';
import { saveCarried } from '../carried/carried-upgrade.ts';
import type { StageHandler, StageScope } from '../handler/stage-handler.ts';
import { walkStage } from '../handler/walk-stage.ts';
import { rebootRequests } from '../host/reboot-requests.ts';
import { actingPhase, failing, says } from '../upgrade/phase.ts';
import { tellOfReboot } from '../upgrade/tell-of-reboot.ts';
import { REBOOT_REASONS } from './automatic.ts';
import { readLeft } from './left-deployment.ts';
import { tryEvidence } from './try-evidence.ts';
import { keepUpgradeEvidence } from './upgrade-evidence.ts';
import { wayBack } from './way-back.ts';

const step = 'Rollback';

const initiate = actingPhase({
  name: 'InitiateRollback',
  step,
  message: 'Initiating rollback',
  act: async ({ deployments, host, log, upgrade }) => {
    const other = wayBack(deployments, await readLeft(host, log));
    await host.makeWritable();
    // Before the menu changes: whatever boots the release before from here on, it finds a rollback that was asked for.
    await saveCarried(host, upgrade.current(), other.stateroot);
    await host.setDefault(other);
    return advance(says('DefaultSet', `${other.stateroot} boots next`));
  },
  onError: failing,
});

const requests = rebootRequests();

const rebooting = wait(says('Rebooting', 'Completing rollback'));

const leave = async (scope: StageScope): Promise<void> => {
  const { deployments, host, log, upgrade } = scope;
  const { stateroot } = wayBack(deployments, await readLeft(host, log));
  await tryEvidence(scope, (signal) => keepUpgradeEvidence(scope, stateroot, signal));
  upgrade.change((status) => ({ ...status, rollbackAvailabilityExpiration: undefined }));
  await upgrade.write();
  await saveCarried(host, upgrade.current(), stateroot);
  await tellOfReboot(scope, 'System will now reboot for rollback');
  await host.reboot(REBOOT_REASONS.rollback);
};

const reboot = async (scope: StageScope): Promise<Verdict> => {
  const { clock, host } = scope;
  await requests.make(host, clock, () => leave(scope));
  return rebooting;
};

const complete = actingPhase({ name: 'CompleteRollback', step, message: 'Completing rollback', act: reboot, onError: failing });

const rollingBack = pipeline('RollingBack', [initiate, complete]);

/** Back on the release before there is nothing left to do: its /var was never touched. */
const rolledBack = pipeline<StageScope, ReturnType<StageScope['upgrade']['current']>>('RolledBack', []);

/** Takes the node back to the release before the upgrade, as it was when it was left. */
export const rollbackHandler: StageHandler = walkStage({
  stage: 'Rollback',
  choose: ({ afterPivot }) => (afterPivot ? rollingBack : rolledBack),
});
