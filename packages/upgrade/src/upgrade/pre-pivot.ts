import type { ImageBasedUpgrade } from '@godwit/api';
import { advance, fail, pipeline } from '@godwit/controller';
import { backUpGroup } from '../backup/back-up-group.ts';
import { clusterIdOf } from '../backup/cluster-id.ts';
import { readOadpContent } from '../backup/oadp-content.ts';
import { retainVolumes } from '../backup/retain-volumes.ts';
import { handedOver } from '../first-boot/places.ts';
import type { StageScope } from '../handler/stage-handler.ts';
import { exportGroups, manifestNames, restoreNames } from '../manifests/carried-groups.ts';
import { readConfigMaps } from '../manifests/config-maps.ts';
import { readPolicyManifests } from '../manifests/policies.ts';
import { groupsOf, waveProblem } from '../manifests/waves.ts';
import { refuseLinks } from '../stateroot/refuse-links.ts';
import { carriedFolders } from './export/carried-folders.ts';
import { exportClusterConfiguration } from './export/cluster-configuration.ts';
import { readDataProtection } from './export/data-protection.ts';
import { writeObjects } from './export/write-objects.ts';
import { healthPhase } from './health-phase.ts';
import { actingPhase, says } from './phase.ts';
import { pivot } from './pivot.ts';
import { inTarget, targetStateroot } from './target.ts';
import { walkGroups } from './walk-groups.ts';

const step = 'PrePivot';
const done = (message: string) => advance(says('Done', message));

const specOf = ({ upgrade }: StageScope): ImageBasedUpgrade['spec'] => upgrade.current().spec;

const backUp = actingPhase({
  name: 'BackUp',
  step,
  message: 'Backing up Application Data',
  act: async (scope) => {
    const { cluster } = scope;
    const { backups, problems } = await readOadpContent(cluster, specOf(scope).oadpContent);
    if (problems.length > 0) return fail(says('Failed', `error while getting sorted backups from configmap: ${problems.join('; ')}`));
    await retainVolumes(cluster);
    const parts = { cluster, clusterId: await clusterIdOf(scope) };
    return walkGroups(groupsOf(backups), (group) => backUpGroup(parts, group), {
      failed: 'Failed backup CRs',
      inProgress: 'Backup of Application Data is in progress',
      done: 'The applications are backed up',
    });
  },
});

const openSysroot = actingPhase({
  name: 'OpenSysroot',
  step,
  act: async (scope) => {
    const { host } = scope;
    await host.makeWritable();
    await refuseLinks(host.staterootPath(targetStateroot(scope)));
    return done('/sysroot can be written');
  },
});

const exportApplications = actingPhase({
  name: 'ExportApplications',
  step,
  message: 'Exporting Application Configuration',
  act: async (scope) => {
    const { restores, problems } = await readOadpContent(scope.cluster, specOf(scope).oadpContent);
    if (problems.length > 0) return fail(says('Failed', problems.join('; ')));
    const { applications, locations, secrets } = await readDataProtection(scope.cluster);
    await writeObjects(inTarget(scope, handedOver.dataProtection), applications);
    await writeObjects(inTarget(scope, handedOver.storageLocations), locations);
    await writeObjects(inTarget(scope, handedOver.secrets), secrets);
    await exportGroups(inTarget(scope, carriedFolders.restores), groupsOf(restores), restoreNames);
    return done('What backs up and restores is handed over');
  },
});

const exportManifests = actingPhase({
  name: 'ExportManifests',
  step,
  message: 'Exporting Policy and Config Manifests',
  act: async (scope) => {
    const { seedImageRef, extraManifests } = specOf(scope);
    const { groups } = await readPolicyManifests(scope.cluster, seedImageRef?.version ?? '');
    const { files, missing } = await readConfigMaps(scope.cluster, extraManifests);
    const manifests = files.flatMap((file) => file.manifests);
    const wave = waveProblem(manifests);
    const problems = [...missing, ...files.flatMap(({ problem }) => problem ?? []), ...(wave === undefined ? [] : [wave])];
    if (problems.length > 0) return fail(says('Failed', `failed to export manifests from configmaps: ${problems.join('; ')}`));
    await exportGroups(inTarget(scope, carriedFolders.policies), groups, manifestNames);
    await exportGroups(inTarget(scope, carriedFolders.extraManifests), groupsOf(manifests), manifestNames);
    return done('The manifests are handed over');
  },
});

const exportCluster = actingPhase({
  name: 'ExportCluster',
  step,
  message: 'Exporting Cluster, LVM, and cert-manager configuration',
  act: async (scope) => {
    await exportClusterConfiguration(scope);
    return done('The new release knows which cluster it becomes');
  },
});

/** From a prepared stateroot to the reboot into it. */
export const prePivot = pipeline('PrePivot', [
  healthPhase('StabilizeBeforePivot', step, 'all', 'Waiting for system to stabilize before Upgrade (pre-pivot) stage can continue'),
  backUp,
  openSysroot,
  exportApplications,
  exportManifests,
  exportCluster,
  pivot,
]);
