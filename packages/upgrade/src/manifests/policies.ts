import { carriedAnnotations, upgradeLabels } from '@godwit/api';
import { type Client, isApiError, type KubeObject, resource } from '@godwit/kube';
import { annotationOf, type Manifest, toManifest } from './manifest.ts';
import { versionLabels } from './version-labels.ts';

type Template = { complianceType?: string; objectDefinition?: unknown };
type ConfigurationPolicy = { kind?: string; spec?: { 'object-templates'?: Template[] } };

/** A policy of the hub, as it arrives on the cluster that it is for. */
export type Policy = KubeObject & {
  spec?: { remediationAction?: string; 'policy-templates'?: { objectDefinition?: ConfigurationPolicy }[] };
};

const Policy = resource<Policy>('policy.open-cluster-management.io/v1', 'Policy', 'policies');

const PARENT = /^[a-z0-9][a-z0-9-]*\../;

const waveOf = (policy: Policy): number => Number(annotationOf(policy, carriedAnnotations.deployWave));

const isMeant = (policy: Policy): boolean =>
  /^\d+$/.test(annotationOf(policy, carriedAnnotations.deployWave) ?? '') &&
  policy.spec?.remediationAction?.toLowerCase() !== 'enforce' &&
  PARENT.test(policy.metadata.name ?? '');

const textOrder = (one = '', other = ''): number => (one < other ? -1 : Number(one > other));

/** The policies that carry manifests for an upgrade, in the order in which they are applied. */
export const orderedPolicies = (policies: readonly Policy[]): Policy[] =>
  policies.filter(isMeant).sort((one, other) => waveOf(one) - waveOf(other) || textOrder(one.metadata.name, other.metadata.name));

const APPLY_TYPES: Readonly<Record<string, string>> = { musthave: 'merge', mustonlyhave: 'replace' };

const labelled = (template: Template, versions: readonly string[]): Manifest[] => {
  const applyType = APPLY_TYPES[template.complianceType?.toLowerCase() ?? ''];
  const manifest = toManifest(template.objectDefinition);
  if (applyType === undefined || 'problem' in manifest) return [];
  if (!versions.includes(String(manifest.metadata.labels?.[upgradeLabels.targetVersion] ?? ''))) return [];
  const annotations = { ...manifest.metadata.annotations, [carriedAnnotations.applyType]: applyType };
  return [{ ...manifest, metadata: { ...manifest.metadata, annotations } }];
};

const templatesOf = ({ spec }: Policy): Template[] =>
  (spec?.['policy-templates'] ?? [])
    .map(({ objectDefinition }) => objectDefinition)
    .filter((each) => each?.kind === 'ConfigurationPolicy')
    .flatMap((each) => each?.spec?.['object-templates'] ?? []);

/** The manifests that ordered policies hold for a version, one group per policy; a policy without any makes no group. Pure. */
export const policyGroups = (policies: readonly Policy[], version: string): Manifest[][] =>
  policies
    .map((policy) => templatesOf(policy).flatMap((template) => labelled(template, versionLabels(version))))
    .filter((group) => group.length > 0);

/** What policies hold for a version; `served` says whether the cluster knows policies at all (D-I6). */
export type PolicyManifests = {
  readonly served: boolean;
  readonly policies: readonly string[];
  readonly groups: readonly (readonly Manifest[])[];
};

/** Reads the manifests that the policies of this cluster hold for a version. */
export const readPolicyManifests = async (cluster: Client, version: string): Promise<PolicyManifests> => {
  try {
    const policies = orderedPolicies((await cluster.list(Policy)).items);
    return { served: true, policies: policies.map(({ metadata }) => metadata.name ?? ''), groups: policyGroups(policies, version) };
  } catch (error) {
    if (isApiError(error, 'NotFound')) return { served: false, policies: [], groups: [] };
    throw error;
  }
};

/** Why the number of manifests in policies is not the expected one; undefined when it is. Without policies there is nothing to count. */
export const manifestCountProblem = ({ served, policies, groups }: PolicyManifests, expected: string | undefined): string | undefined => {
  if (expected === undefined || !served) return undefined;
  if (/^\d+$/.test(expected.trim()) && groups.flat().length === Number(expected)) return undefined;
  return `The labeled manifests count found in policies [${policies.join(' ')}] does not match the expected manifests count ${expected}`;
};
