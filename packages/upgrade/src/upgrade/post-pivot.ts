import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ImageBasedUpgrade, OADP_NAMESPACE, type Restore } from '@godwit/api';
import { advance, fail, type Phase, pipeline, timeOf, wait } from '@godwit/controller';
import { restoreReclaimPolicies } from '../backup/reclaim-policy.ts';
import { restoreGroup } from '../backup/restore-group.ts';
import { remove } from '../carried/files.ts';
import { loadFolder } from '../first-boot/flat-folder.ts';
import { handedOver } from '../first-boot/places.ts';
import type { StageScope } from '../handler/stage-handler.ts';
import { applyGroups } from '../manifests/apply.ts';
import { loadGroups, manifestNames, restoreNames } from '../manifests/carried-groups.ts';
import { disarm } from '../rollback/deadline.ts';
import { readLeft } from '../rollback/left-deployment.ts';
import { wayBack } from '../rollback/way-back.ts';
import { carriedFolders } from './export/carried-folders.ts';
import { DataProtectionApplication } from './export/data-protection.ts';
import { healthPhase } from './health-phase.ts';
import { actingPhase, says } from './phase.ts';
import { rollbackExpiration } from './rollback-expiration.ts';
import { walkGroups } from './walk-groups.ts';

const step = 'PostPivot';
const done = (message: string) => advance(says('Done', message));
const here = ({ host }: StageScope, path: string): string => join(host.root, path);

const STABILIZE = 'Waiting for system to stabilize';

const noteExpiration = actingPhase({
  name: 'NoteRollbackExpiration',
  step,
  act: async ({ deployments, host, log, upgrade }) => {
    if (upgrade.current().status?.rollbackAvailabilityExpiration) return done('It is known until when a rollback is possible');
    try {
      const { stateroot } = wayBack(deployments, await readLeft(host, log));
      const until = timeOf(await rollbackExpiration(host.staterootPath(stateroot)));
      upgrade.change((status) => ({ ...status, rollbackAvailabilityExpiration: until }));
    } catch (error) {
      log.warn({ err: error }, 'nobody knows until when a rollback finds valid certificates');
    }
    return done('It is known until when a rollback is possible');
  },
});

/** The first boot goes on beside the agent; its folder is there until it is done. */
const awaitConfiguration = actingPhase({
  name: 'AwaitConfiguration',
  step,
  act: async (scope) =>
    existsSync(here(scope, handedOver.configuration))
      ? wait(says('Configuring', `${STABILIZE}: installation-configuration is not completed`), [], '2s')
      : done('The new release is configured'),
});

const requireDataProtection = actingPhase({
  name: 'RequireDataProtection',
  step,
  act: async (scope) => {
    for (const { metadata } of await loadFolder(here(scope, handedOver.dataProtection))) {
      const { name = '' } = metadata;
      if ((await scope.cluster.get(DataProtectionApplication, { namespace: OADP_NAMESPACE, name })) === undefined)
        return fail(says('Failed', `DataProtectionApplication ${name} is not found`));
    }
    return done('The settings of backups are there');
  },
});

const applying = (name: string, message: string, folder: string): Phase<StageScope, ImageBasedUpgrade> =>
  actingPhase({
    name,
    step,
    message,
    act: async (scope) => {
      const refusal = await applyGroups(scope.cluster, await loadGroups(here(scope, folder), manifestNames), scope.signal);
      return refusal === undefined ? done(message) : fail(says('Failed', refusal));
    },
    onError: (text) => wait(says('Retrying', `${message}: Failure occurred: ${text}`), [], '30s'),
  });

const restore = actingPhase({
  name: 'RestoreApplications',
  step,
  message: 'Restoring Application Data',
  act: async (scope) => {
    const groups = (await loadGroups(here(scope, carriedFolders.restores), restoreNames)) as Restore[][];
    return walkGroups(groups, (group) => restoreGroup(scope.cluster, group), {
      failed: 'Failed restore CRs',
      inProgress: 'Restore of Application Data is in progress',
      done: 'The applications are restored',
    });
  },
});

const releaseVolumes = actingPhase({
  name: 'ReleaseVolumes',
  step,
  act: async (scope) => {
    await restoreReclaimPolicies(scope.cluster);
    await remove(here(scope, carriedFolders.oadp));
    return done('The volumes have their policy again');
  },
});

const endWatch = actingPhase({
  name: 'EndWatch',
  step,
  act: async (scope) => {
    await remove(here(scope, carriedFolders.policies), here(scope, carriedFolders.extraManifests));
    await disarm(scope.host.root).catch((error: unknown) =>
      scope.log.warn({ err: error }, 'the monitor of the upgrade cannot be disarmed'),
    );
    return done('Nothing rolls back by itself any more');
  },
});

/** From the first boot of the new release to its completion. */
export const postPivot = pipeline('PostPivot', [
  noteExpiration,
  awaitConfiguration,
  healthPhase('StabilizeAfterPivot', step, 'mandatory', STABILIZE),
  requireDataProtection,
  applying('ApplyPolicyManifests', 'Applying Policy Manifests', carriedFolders.policies),
  applying('ApplyConfigManifests', 'Applying Config Manifests', carriedFolders.extraManifests),
  restore,
  releaseVolumes,
  healthPhase('StabilizeFully', step, 'deferred', 'Waiting for system to fully stabilize'),
  endWatch,
]);

/** What an automatic rollback says before the reason, by the phase that has failed. */
export const rollbackWords: Readonly<Record<string, string>> = {
  [requireDataProtection.name]: 'Rollback due to missing DataProtectionApplication',
  ApplyPolicyManifests: 'Rollback due to failure applying policy manifests',
  ApplyConfigManifests: 'Rollback due to failure applying config manifests',
  [restore.name]: 'Rollback due to restore failure',
};
