import type { Manifest } from './apply.ts';

const storageClass = (name: string, annotations: Record<string, string>, reclaimPolicy = 'Delete'): Manifest => ({
  path: `/apis/storage.k8s.io/v1/storageclasses/${name}`,
  object: {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name, annotations },
    provisioner: 'kubernetes.io/host-path',
    reclaimPolicy,
    volumeBindingMode: 'Immediate',
  },
});

/** The classes of every complete cluster: `standard`, the default, `second`, so that a change of class can be tried, and `retain`, whose volumes outlive their claims. */
export const storageClasses: readonly Manifest[] = [
  storageClass('standard', { 'storageclass.kubernetes.io/is-default-class': 'true' }),
  storageClass('second', {}),
  storageClass('retain', {}, 'Retain'),
];
