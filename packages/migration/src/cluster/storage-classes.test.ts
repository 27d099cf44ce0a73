import { expect, test } from 'vitest';
import { registryOfImageStream, registryPathOf } from './registry-path.ts';
import { accessModesOf, storageClassOffers } from './storage-classes.ts';
import { tokenOf } from './token.ts';

const short: Record<string, string> = { ReadWriteOnce: 'RWO', ReadOnlyMany: 'ROX', ReadWriteMany: 'RWX' };

const modes = (provisioner: string): string =>
  accessModesOf(provisioner)
    .map(({ volumeMode, accessModes }) => `${volumeMode} ${accessModes.map((mode) => short[mode]).join()}`.trim())
    .join('; ');

test.each([
  ['kubernetes.io/aws-ebs', 'Filesystem RWO'],
  ['kubernetes.io/azure-file', 'Filesystem RWO,ROX,RWX'],
  ['kubernetes.io/gce-pd', 'Filesystem RWO,ROX'],
  ['kubernetes.io/portworx-volume', 'Filesystem RWO,RWX'],
  ['gluster.org/glusterblock-x', 'Filesystem RWO,ROX'],
  ['openshift-storage.rbd.csi.ceph.com', 'Filesystem RWO; Block RWO,ROX,RWX'],
  ['openshift-storage.cephfs.csi.ceph.com', 'Filesystem RWO,ROX,RWX'],
  ['netapp.io/trident', 'Filesystem RWO,ROX; Block RWO,ROX,RWX'],
  ['csi.kubevirt.io', 'Filesystem RWO; Block RWO'],
  ['kubernetes.io/host-path', 'Filesystem RWO; Block'],
])('volumes of %s can be used as %s', (provisioner, expected) => {
  expect(modes(provisioner)).toBe(expected);
});

test.each([['storageclass.kubernetes.io/is-default-class'], ['storageclass.beta.kubernetes.io/is-default-class']])(
  '%s makes a class the default',
  (annotation) => {
    const classes = [
      { metadata: { name: 'b', annotations: { [annotation]: 'true' } }, provisioner: 'p' },
      { metadata: { name: 'a' }, provisioner: 'p' },
    ];
    expect(storageClassOffers(classes).map(({ name, default: isDefault }) => [name, isDefault])).toEqual([
      ['a', false],
      ['b', true],
    ]);
  },
);

test.each([
  ['https://registry.apps.example.com/', 'registry.apps.example.com'],
  ['registry:5000', 'registry:5000'],
  ['', undefined],
])('exposed registry %s has path %s', (exposed, path) => {
  expect(registryPathOf(exposed)).toBe(path);
});

test('the registry of an image stream is the first part of its repository', () => {
  expect(registryOfImageStream('image-registry.svc:5000/openshift/cli')).toBe('image-registry.svc:5000');
  expect(registryOfImageStream(undefined)).toBeUndefined();
});

test.each([
  ['no secret', undefined, { found: false }],
  ['a secret without the key', { data: {} }, { found: true, token: undefined }],
  ['a token with a line feed', { data: { saToken: 'YWJjCg==' } }, { found: true, token: 'abc' }],
])('%s', (_title, secret, facts) => {
  expect(tokenOf(secret)).toEqual(facts);
});
