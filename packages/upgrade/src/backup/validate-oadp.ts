import { Backup, OADP_NAMESPACE, Restore } from '@godwit/api';
import { type Client, isApiError, isTransient, type KubeObject, type Resource } from '@godwit/kube';
import type { ConfigMapRef } from '../manifests/config-maps.ts';
import { InvalidApplyLabel } from './apply-label.ts';
import { labelObjects } from './label-objects.ts';
import { type OadpContent, readOadpContent } from './oadp-content.ts';

const PAIRING =
  'Both backup and restore CRs should be specified in OADP configmaps and each backup CR should be paired with a corresponding restore CR.';

/** Why a refusal stands; what may pass is thrown on. */
const standing = (error: unknown): string => {
  if (error instanceof InvalidApplyLabel) return error.message;
  if (isApiError(error) && !isTransient(error)) return error.said;
  throw error;
};

const whyRefused = async <T extends KubeObject>(cluster: Client, kind: Resource<T>, object: T): Promise<string | undefined> => {
  const { namespace = OADP_NAMESPACE } = object.metadata;
  if (namespace !== OADP_NAMESPACE) return `its namespace is ${namespace}, but those of an upgrade lie in ${OADP_NAMESPACE}`;
  try {
    await cluster.create(kind, { ...object, metadata: { ...object.metadata, namespace } }, { dryRun: true });
    return undefined;
  } catch (error) {
    return isApiError(error, 'AlreadyExists') ? undefined : standing(error);
  }
};

const backupProblem = async (cluster: Client, backup: Backup): Promise<string | undefined> => {
  const refused = await whyRefused(cluster, Backup, backup);
  if (refused !== undefined)
    return `Invalid backup ${backup.metadata.name} detected in configmap, error: ${refused}. Please update the invalid Backup in configmap.`;
  try {
    await labelObjects(cluster, backup, { dryRun: true });
    return undefined;
  } catch (error) {
    const why = standing(error);
    return error instanceof InvalidApplyLabel ? why : `failed apply backup label to objects included in apply-backup annotation: ${why}`;
  }
};

const restoreProblem = async (cluster: Client, restore: Restore): Promise<string | undefined> => {
  const refused = await whyRefused(cluster, Restore, restore);
  return refused === undefined
    ? undefined
    : `Invalid Restore ${restore.metadata.name} detected in configmap, error: ${refused}. Please update the invalid Restore in configmap.`;
};

/** What is wrong with how Backups and Restores belong together. Pure. */
export const pairingProblems = ({ backups, restores }: Pick<OadpContent, 'backups' | 'restores'>): string[] => {
  const names = new Set(backups.map(({ metadata }) => metadata.name));
  const orphans = restores
    .filter(({ spec }) => !names.has(spec?.backupName ?? ''))
    .map(
      ({ metadata, spec }) => `The backup CR ${spec?.backupName ?? ''} defined in restore CR ${metadata.name} not found in OADP configmaps`,
    );
  const restored = new Set(restores.map(({ spec }) => spec?.backupName));
  // With as many Restores as Backups, upstream names a Restore of nothing alone.
  const isForgotten = orphans.length === 0 && backups.some(({ metadata }) => !restored.has(metadata.name));
  const isPaired = backups.length > 0 && backups.length === restores.length && !isForgotten;
  return isPaired ? orphans : [...orphans, PAIRING];
};

/** Everything that is wrong with the ConfigMaps of spec.oadpContent, in upstream's order and words. */
export const validateOadp = async (cluster: Client, refs: readonly ConfigMapRef[] | undefined): Promise<string[]> => {
  const content = await readOadpContent(cluster, refs);
  if (content.problems.length > 0) return [...content.problems];
  const problems: (string | undefined)[] = [];
  for (const backup of content.backups) problems.push(await backupProblem(cluster, backup));
  for (const restore of content.restores) problems.push(await restoreProblem(cluster, restore));
  return [...problems.filter((each) => each !== undefined), ...pairingProblems(content)];
};
