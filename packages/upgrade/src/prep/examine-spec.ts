import { PersistentVolume, type UpgradeFinding, upgradeAnnotations } from '@godwit/api';
import { oadpProblem, readOadpFacts } from '../backup/availability.ts';
import { lintVolumes } from '../backup/lint-volumes.ts';
import { readOadpContent } from '../backup/oadp-content.ts';
import { validateOadp } from '../backup/validate-oadp.ts';
import type { StageScope } from '../handler/stage-handler.ts';
import { manifestCountProblem, readPolicyManifests } from '../manifests/policies.ts';
import { validateManifests } from '../manifests/validate-manifests.ts';
import { versionProblem } from '../seed/version.ts';
import { timeoutProblem } from '../stateroot/auto-rollback.ts';
import { currentVersion } from './current-version.ts';
import { errorsOf, prepCodes } from './prep-findings.ts';

const judgeVersion = (seed: string, current: string): string | undefined => {
  try {
    return versionProblem(seed, current);
  } catch (error) {
    return `failed to validate seed image OCP version: ${(error as Error).message}`;
  }
};

const ofVersion = async (scope: StageScope, version: string): Promise<UpgradeFinding[]> => {
  const problem = judgeVersion(version, await currentVersion(scope));
  return errorsOf(prepCodes.version, 'spec.seedImageRef.version', [problem], 'Name the version of a newer seed image');
};

const ofBackups = async ({ cluster, upgrade }: StageScope): Promise<UpgradeFinding[]> => {
  const { oadpContent = [] } = upgrade.current().spec ?? {};
  if (oadpContent.length === 0) return [];
  const unavailable = oadpProblem(await readOadpFacts(cluster));
  if (unavailable !== undefined) return errorsOf(prepCodes.oadp, 'Namespace openshift-adp', [unavailable]);
  const { backups, restores } = await readOadpContent(cluster, oadpContent);
  const { items: volumes } = await cluster.list(PersistentVolume);
  return [
    ...errorsOf(prepCodes.oadpContent, 'spec.oadpContent', await validateOadp(cluster, oadpContent)),
    ...lintVolumes(backups, restores, volumes),
  ];
};

const ofManifests = ({ cluster, upgrade, signal }: StageScope): Promise<UpgradeFinding[]> =>
  validateManifests(cluster, upgrade.current().spec?.extraManifests, signal);

const ofPolicies = async ({ cluster, upgrade }: StageScope, version: string): Promise<UpgradeFinding[]> => {
  const expected = upgrade.current().metadata.annotations?.[upgradeAnnotations.manifestCount];
  if (expected === undefined) return [];
  const problem = manifestCountProblem(await readPolicyManifests(cluster, version), expected);
  return errorsOf(prepCodes.policies, `annotation ${upgradeAnnotations.manifestCount}`, [problem]);
};

const ofTimeout = ({ upgrade }: StageScope): UpgradeFinding[] => {
  const problem = timeoutProblem(upgrade.current().spec?.autoRollbackOnFailure?.initMonitorTimeoutSeconds);
  return errorsOf(prepCodes.timeout, 'spec.autoRollbackOnFailure.initMonitorTimeoutSeconds', [problem], 'Name fewer seconds, such as 1800');
};

/** Everything that is found at the spec of an upgrade, in the order in which it blocks. All parts are looked at, whatever the others say. */
export const examineSpec = async (scope: StageScope): Promise<UpgradeFinding[]> => {
  const version = scope.upgrade.current().spec?.seedImageRef?.version ?? '';
  return [
    ...(await ofVersion(scope, version)),
    ...(await ofBackups(scope)),
    ...(await ofManifests(scope)),
    ...(await ofPolicies(scope, version)),
    ...ofTimeout(scope),
  ];
};
