import type { KubeObject } from '@godwit/kube';
import { type Json, omit, part, withMetadata, withoutAnnotations, withSpec } from './edit.ts';
import type { ItemRule } from './rule.ts';

const BINDING = ['pv.kubernetes.io/bind-completed', 'pv.kubernetes.io/bound-by-controller'];
const STALE = [
  'volume.beta.kubernetes.io/storage-provisioner',
  'volume.kubernetes.io/storage-provisioner',
  'volume.kubernetes.io/selected-node',
  'velero.io/volume-snapshot-name',
  'velero.io/data-upload-name',
];

/** Takes off a volume or claim what bound it in its former cluster. */
const resetBinding = (object: KubeObject): KubeObject => {
  const freed = withoutAnnotations(object, ...BINDING);
  return withSpec(freed, (spec) =>
    spec.claimRef === undefined ? spec : { ...spec, claimRef: omit(part(spec, 'claimRef'), 'uid', 'resourceVersion') },
  );
};

const mappedClaim = (spec: Json, mapNamespace: (name: string) => string): Json => {
  const claim = part(spec, 'claimRef');
  return claim.namespace ? { ...spec, claimRef: { ...claim, namespace: mapNamespace(String(claim.namespace)) } } : spec;
};

/** Restores a volume's object only where the volume itself stays; otherwise its claim gets a new one. */
export const volumeRule: ItemRule = {
  name: 'volume',
  on: ['persistentvolumes'],
  apply: (object, { volumeFate, mapNamespace }) =>
    volumeFate(object.metadata.name ?? '') === 'provision'
      ? { skip: 'a new volume is provisioned for its claim' }
      : { keep: withSpec(resetBinding(object), (spec) => mappedClaim(spec, mapNamespace)) },
};

const forTarget = (object: KubeObject): KubeObject => {
  const { annotations = {} } = object.metadata;
  const storageClass = annotations['openshift.io/target-storage-class'];
  const accessMode = annotations['openshift.io/target-access-mode'];
  const placed = withSpec(object, (spec) => ({
    ...omit(spec, 'selector'),
    ...(storageClass && { storageClassName: storageClass }),
    ...(accessMode && { accessModes: [accessMode] }),
  }));
  const beta = 'volume.beta.kubernetes.io/storage-class';
  if (!storageClass || annotations[beta] === undefined) return placed;
  return withMetadata(placed, (metadata) => ({ ...metadata, annotations: { ...metadata.annotations, [beta]: storageClass } }));
};

/** Frees a claim of its former binding; in a migration it also moves to the chosen storage class and access mode. */
export const claimRule: ItemRule = {
  name: 'claim',
  on: ['persistentvolumeclaims'],
  apply: (object, { volumeFate, migration }) => {
    const { spec } = object as KubeObject & { spec?: { volumeName?: string } };
    const freed = withoutAnnotations(resetBinding(object), ...STALE);
    const fresh =
      spec?.volumeName && volumeFate(spec.volumeName) === 'provision' ? withSpec(freed, (each) => omit(each, 'volumeName')) : freed;
    const copies = migration && object.metadata.annotations?.['openshift.io/migrate-type'] === 'copy';
    return { keep: copies ? forTarget(fresh) : fresh };
  },
};
