import type { UpgradeFinding } from '@godwit/api';
import { unknownApplyType } from './apply.ts';
import type { ConfigMapContents } from './config-maps.ts';
import { type Manifest, titleOf } from './manifest.ts';
import { waveProblem } from './waves.ts';

/** Codes of everything that is found in extra manifests. */
export const manifestCodes = {
  missing: 'ExtraManifestsMissing',
  unreadable: 'ExtraManifestUnreadable',
  nameless: 'ExtraManifestNameless',
  notAllowed: 'ExtraManifestNotAllowed',
  badWave: 'ExtraManifestWaveInvalid',
  applyTypeUnknown: 'ExtraManifestApplyTypeUnknown',
  namespaceMissing: 'ExtraManifestNamespaceMissing',
  kindUnknown: 'ExtraManifestKindUnknown',
  refused: 'ExtraManifestRefused',
  unchecked: 'ExtraManifestUnchecked',
} as const;

const OPERATORS = 'operators.coreos.com/v1alpha1';

/** What the upgrade itself or the operators bring; an extra manifest of it would fight with them. The exact apiVersion counts. */
const NOT_ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'machineconfiguration.openshift.io/v1': ['MachineConfig'],
  [OPERATORS]: ['ClusterServiceVersion', 'InstallPlan', 'Subscription'],
};

const placeOf = ({ kind, metadata: { namespace, name } }: Manifest): string =>
  [kind, namespace ? `${namespace}/${name ?? ''}` : (name ?? '')].join(' ').trimEnd();

/** Something found at a manifest. */
export const findingAt = (
  manifest: Manifest,
  { code, severity, message, remediation }: Omit<UpgradeFinding, 'object'>,
): UpgradeFinding => ({ code, severity, object: placeOf(manifest), message, ...(remediation === undefined ? {} : { remediation }) });

const ofManifest = (manifest: Manifest): UpgradeFinding[] => {
  const { kind, apiVersion } = manifest;
  if (!manifest.metadata.name)
    return [
      findingAt(manifest, {
        code: manifestCodes.nameless,
        severity: 'Error',
        message: `${kind} resource name is empty`,
        remediation: 'Give it a metadata.name',
      }),
    ];
  if (NOT_ALLOWED[apiVersion]?.includes(kind))
    return [
      findingAt(manifest, {
        code: manifestCodes.notAllowed,
        severity: 'Error',
        message: `${titleOf(manifest)} in extramanifests is not allowed`,
        remediation: 'Take it out of the ConfigMap; the seed image or a policy brings it',
      }),
    ];
  const applyType = unknownApplyType(manifest);
  if (applyType === undefined) return [];
  const message = `${titleOf(manifest)} - unknown apply-type ${JSON.stringify(applyType)}, using replace`;
  return [findingAt(manifest, { code: manifestCodes.applyTypeUnknown, severity: 'Warning', message, remediation: 'Use replace or merge' })];
};

/** Everything that can be found in extra manifests without asking an API server, in the order in which they stand. Pure. */
export const structureFindings = ({ files, missing }: ConfigMapContents): UpgradeFinding[] => {
  const absent = missing.map(
    (error): UpgradeFinding => ({
      code: manifestCodes.missing,
      severity: 'Error',
      object: 'spec.extraManifests',
      message: `the extraManifests configMap is not found, error: ${error}. Please create the configMap.`,
    }),
  );
  const inFiles = files.flatMap(({ configMap, key, manifests, problem }): UpgradeFinding[] => {
    const message = `failed to decode ${key} in the configMap ${configMap}: ${problem}`;
    const object = `ConfigMap ${configMap}, key ${key}`;
    const found = manifests.flatMap(ofManifest);
    return problem === undefined ? found : [...found, { code: manifestCodes.unreadable, severity: 'Error', object, message }];
  });
  const wave = waveProblem(files.flatMap(({ manifests }) => manifests));
  const order = { code: manifestCodes.badWave, severity: 'Error' as const, object: 'spec.extraManifests' };
  return [...absent, ...inFiles, ...(wave === undefined ? [] : [{ ...order, message: `failed to sort and group manifests: ${wave}` }])];
};
