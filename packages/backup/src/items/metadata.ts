import type { KubeObject } from '@godwit/kube';
import { omit, withMetadata } from './edit.ts';
import type { ItemRule } from './rule.ts';

const RESET = [
  'generateName',
  'selfLink',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'ownerReferences',
];

/** Removes from the metadata what belonged to the object's former life; throws when there is no metadata. */
export const resetMetadata = (object: KubeObject): KubeObject => {
  if (typeof object.metadata !== 'object' || object.metadata === null) throw new Error(`${object.kind} has no metadata`);
  return withMetadata(object, (metadata) => omit(metadata, ...RESET));
};

/** Takes the former identity and the status off every object. */
export const metadataRule: ItemRule = { name: 'metadata', apply: (object) => ({ keep: omit(resetMetadata(object), 'status') }) };

/** Moves the object to its target namespace and labels it with backup and restore. */
export const placementRule: ItemRule = {
  name: 'placement',
  apply: (object, { resource, mapNamespace, labels, migrationLabels }) => {
    const added = resource === 'serviceaccounts' ? labels : { ...labels, ...migrationLabels };
    const { namespace } = object.metadata;
    const placed = withMetadata(object, (metadata) => ({
      ...metadata,
      ...(namespace && { namespace: mapNamespace(namespace) }),
      labels: { ...metadata.labels, ...added },
    }));
    if (resource !== 'namespaces') return { keep: placed };
    return { keep: withMetadata(placed, (metadata) => ({ ...metadata, name: mapNamespace(metadata.name ?? '') })) };
  },
};
