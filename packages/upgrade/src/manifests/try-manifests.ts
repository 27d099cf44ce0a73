import type { UpgradeFinding } from '@godwit/api';
import { type ApiError, type Client, isApiError, isTransient } from '@godwit/kube';
import { applyManifest, findResource, placed } from './apply.ts';
import { type Manifest, titleOf } from './manifest.ts';
import { type TrialNamespaces, trialNamespaces } from './trial-namespaces.ts';
import { findingAt, manifestCodes } from './validate-structure.ts';

const warning = (manifest: Manifest, code: string, text: string, remediation: string): UpgradeFinding =>
  findingAt(manifest, { code, severity: 'Warning', message: `${titleOf(manifest)} - ${text}`, remediation });

const unchecked = (manifest: Manifest, error: ApiError): UpgradeFinding =>
  findingAt(manifest, {
    code: manifestCodes.unchecked,
    severity: 'Error',
    message: `failed to validate manifest with dryrun: ${error.said}`,
  });

const FAILED = /^Failed to (?:create|update) manifest \S+ \S*: /;

const tryOne = async (cluster: Client, manifest: Manifest): Promise<UpgradeFinding | undefined> => {
  const applied = await applyManifest(cluster, manifest, { dryRun: true });
  if (applied.type !== 'refused') return undefined;
  const { namespace } = manifest.metadata;
  const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
  const text = `dryrun failed${where}: ${applied.message.replace(FAILED, '')}`;
  return warning(manifest, manifestCodes.refused, text, 'Correct the manifest; it would be refused after the upgrade, too');
};

const judge = async (cluster: Client, given: Manifest, namespaces: TrialNamespaces): Promise<UpgradeFinding | undefined> => {
  const resource = await findResource(cluster, given);
  if (resource === undefined)
    return warning(given, manifestCodes.kindUnknown, 'CRD not deployed on cluster', 'Check that the seed image brings the definition');
  const manifest = placed(given, resource);
  const { namespace } = manifest.metadata;
  if (namespace !== undefined && !(await namespaces.has(namespace))) {
    const text = `namespace ${namespace} not found on cluster or not added in configmap in right order`;
    return warning(manifest, manifestCodes.namespaceMissing, text, 'Add a Namespace in an earlier wave');
  }
  const found = await tryOne(cluster, manifest);
  if (found === undefined && resource.kind === 'Namespace' && resource.group === '') await namespaces.lend(manifest);
  return found;
};

/** Errors that may pass are thrown; what the server will say again tomorrow is a finding. */
const judgeOrTell = async (cluster: Client, manifest: Manifest, namespaces: TrialNamespaces): Promise<UpgradeFinding | undefined> => {
  try {
    return await judge(cluster, manifest, namespaces);
  } catch (error) {
    if (!isApiError(error) || isTransient(error)) throw error;
    return unchecked(manifest, error);
  }
};

/** Has an API server judge manifests in the order in which they will be applied, without keeping any of them. */
export const tryManifests = async (
  cluster: Client,
  ordered: readonly Manifest[],
  signal?: AbortSignal,
  namespaces: TrialNamespaces = trialNamespaces(cluster),
): Promise<UpgradeFinding[]> => {
  const findings: UpgradeFinding[] = [];
  try {
    for (const manifest of ordered) {
      signal?.throwIfAborted();
      const found = await judgeOrTell(cluster, manifest, namespaces);
      if (found !== undefined) findings.push(found);
    }
  } finally {
    await namespaces.takeBack();
  }
  return findings;
};
