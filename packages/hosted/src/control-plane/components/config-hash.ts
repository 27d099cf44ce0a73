import { createHash } from 'node:crypto';
import { canonicalJson } from '@godwit/controller';
import type { Manifest } from '../manifest.ts';

/** The annotation of pod templates that changes with what their processes read when they start. */
export const CONFIG_HASH = 'component.hypershift.openshift.io/config-hash';

type Workload = { spec?: { template?: { metadata?: { annotations?: Record<string, string> } } } };

/** One hash of several values; the same values give the same hash, whatever their order of keys. */
export const hashOf = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 32);

/** The manifests with the hash of a component's configuration in every pod template, so that a change restarts the pods. */
export const withConfigHash = (manifests: readonly Manifest[], consumed: unknown): Manifest[] => {
  const own = manifests.filter(({ resource }) => resource.kind === 'ConfigMap').map(({ object }) => object);
  const hash = hashOf({ consumed, own });
  return manifests.map((manifest) => {
    const { spec } = manifest.object as Workload;
    if (spec?.template === undefined) return manifest;
    const { metadata } = spec.template;
    const template = { ...spec.template, metadata: { ...metadata, annotations: { ...metadata?.annotations, [CONFIG_HASH]: hash } } };
    return { ...manifest, object: { ...manifest.object, spec: { ...spec, template } } as Manifest['object'] };
  });
};
