import { Namespace, upgradeAnnotations } from '@godwit/api';
import { misspeltAnnotations } from '../annotations/near-miss.ts';
import { unknownSwitches } from '../annotations/switches.ts';
import { oadpProblem, readOadpFacts } from '../backup/availability.ts';
import { validateOadp } from '../backup/validate-oadp.ts';
import { manifestsOf, readConfigMaps } from '../manifests/config-maps.ts';
import { manifestCountProblem, readPolicyManifests } from '../manifests/policies.ts';
import type { TrialNamespaces } from '../manifests/trial-namespaces.ts';
import { tryManifests } from '../manifests/try-manifests.ts';
import { triable } from '../manifests/validate-manifests.ts';
import { structureFindings } from '../manifests/validate-structure.ts';
import { groupsOf } from '../manifests/waves.ts';
import { prepCodes } from '../prep/prep-findings.ts';
import { versionProblem } from '../seed/version.ts';
import { checksOf, failed, type PreflightCheck, passed, skipped } from './check.ts';
import { currentRelease } from './current-release.ts';
import type { PreflightScope } from './scope.ts';

/** Whether the wanted version is newer than the running one. */
export const checkVersion = async (scope: PreflightScope): Promise<PreflightCheck[]> => {
  const object = 'spec.seedImageRef.version';
  const wanted = scope.upgrade.spec?.seedImageRef?.version;
  if (!wanted) return [failed(prepCodes.version, object, 'no version is named', 'godwit ibu prep --version VERSION')];
  const current = await currentRelease(scope);
  try {
    // also where the running release is not known, a version must be one
    const problem = versionProblem(wanted, current ?? '0.0.0');
    if (current === undefined)
      return [skipped(prepCodes.version, object, 'the API server does not know which release runs; the agent looks during Prep')];
    if (problem === undefined) return [passed(prepCodes.version, object, `${wanted} is newer than ${current}`)];
    return [failed(prepCodes.version, object, problem, 'Name the version of a newer seed image')];
  } catch (error) {
    return [failed(prepCodes.version, object, (error as Error).message, 'Name a version such as 4.21.0')];
  }
};

/** Whether backups can be made, and the Backups and Restores that the upgrade names are valid. */
export const checkBackups = async ({ cluster, upgrade }: PreflightScope): Promise<PreflightCheck[]> => {
  const refs = upgrade.spec?.oadpContent ?? [];
  if (refs.length === 0) return [skipped(prepCodes.oadpContent, 'spec.oadpContent', 'no ConfigMap is named: nothing is backed up')];
  const unavailable = oadpProblem(await readOadpFacts(cluster));
  const content = await validateOadp(cluster, refs);
  return [
    unavailable === undefined
      ? passed(prepCodes.oadp, 'Namespace openshift-adp', 'Backups and Restores are served')
      : failed(prepCodes.oadp, 'Namespace openshift-adp', unavailable),
    ...(content.length === 0
      ? [passed(prepCodes.oadpContent, 'spec.oadpContent', 'Backups and Restores are valid, and belong together')]
      : content.map((problem) => failed(prepCodes.oadpContent, 'spec.oadpContent', problem))),
  ];
};

/** Namespaces as they are: nothing is lent, so what lies in one that is still to be made is not tried. */
const asTheyAre = ({ cluster }: Pick<PreflightScope, 'cluster'>): TrialNamespaces => ({
  has: async (name) => (await cluster.get(Namespace, { name })) !== undefined,
  lend: async () => {},
  takeBack: async () => {},
});

const MANIFESTS = 'ExtraManifests';

/** Whether the extra manifests would be taken: by their structure, and by a dry run of each. */
export const checkManifests = async (scope: PreflightScope): Promise<PreflightCheck[]> => {
  const refs = scope.upgrade.spec?.extraManifests ?? [];
  if (refs.length === 0) return [skipped(MANIFESTS, 'spec.extraManifests', 'no ConfigMap is named')];
  const contents = await readConfigMaps(scope.cluster, refs);
  const structure = structureFindings(contents);
  const namespaces = asTheyAre(scope);
  const made = new Set(manifestsOf(contents).flatMap(({ kind, metadata }) => (kind === 'Namespace' ? [metadata.name ?? ''] : [])));
  for (const name of made) if (await namespaces.has(name)) made.delete(name);
  const ordered = groupsOf(triable(contents, structure)).flat();
  const isLater = ({ metadata: { namespace } }: (typeof ordered)[number]): boolean => namespace !== undefined && made.has(namespace);
  const tried = await tryManifests(
    scope.cluster,
    ordered.filter((each) => !isLater(each)),
    undefined,
    namespaces,
  );
  const later = ordered.filter(isLater).length;
  return [
    ...checksOf([...structure, ...tried], MANIFESTS, 'spec.extraManifests', `${ordered.length - later} manifests pass a dry run`),
    ...(later === 0
      ? []
      : [skipped(MANIFESTS, 'spec.extraManifests', `${later} manifests lie in namespaces that are still to be made; Prep tries them`)]),
  ];
};

/** Whether policies hold as many manifests for the version as the annotation says. */
export const checkPolicies = async ({ cluster, upgrade }: PreflightScope): Promise<PreflightCheck[]> => {
  const expected = upgrade.metadata.annotations?.[upgradeAnnotations.manifestCount];
  const object = `annotation ${upgradeAnnotations.manifestCount}`;
  if (expected === undefined) return [];
  const problem = manifestCountProblem(await readPolicyManifests(cluster, upgrade.spec?.seedImageRef?.version ?? ''), expected);
  return [
    problem === undefined ? passed(prepCodes.policies, object, `${expected} manifests`) : failed(prepCodes.policies, object, problem),
  ];
};

/** Whether the annotations of the upgrade are known and have a meaning. */
export const checkAnnotations = async ({ upgrade: { metadata } }: PreflightScope): Promise<PreflightCheck[]> =>
  checksOf(
    [...misspeltAnnotations(metadata.annotations), ...unknownSwitches(metadata.annotations)],
    'AnnotationsKnown',
    'ImageBasedUpgrade upgrade',
    'no annotation is misspelt',
  );
