import { expect, test } from 'vitest';
import { imagesOfSeed, type ListedImage, parseImages, sandboxImage } from './images.ts';

const LISTED = `REF                                TYPE                                       DIGEST      SIZE    PLATFORMS   LABELS
godwit.local/pause:1               application/vnd.oci.image.manifest.v1+json sha256:pause 1.4 MiB linux/amd64 io.cri-containerd.image=managed
sha256:fb38                        application/vnd.oci.image.manifest.v1+json sha256:pause 1.4 MiB linux/amd64 io.cri-containerd.image=managed
quay.io/lab/shop:2                 application/vnd.oci.image.manifest.v1+json sha256:shop  9.4 MiB linux/amd64 io.cri-containerd.image=managed
quay.io/lab/shop@sha256:shop       application/vnd.oci.image.manifest.v1+json sha256:shop  9.4 MiB linux/amd64 io.cri-containerd.image=managed
`;

const image = (name: string, digest: string): ListedImage => ({ name, digest });

test('containerd lists an image under each of its names', () => {
  expect(parseImages(LISTED)).toEqual([
    image('godwit.local/pause:1', 'sha256:pause'),
    image('sha256:fb38', 'sha256:pause'),
    image('quay.io/lab/shop:2', 'sha256:shop'),
    image('quay.io/lab/shop@sha256:shop', 'sha256:shop'),
  ]);
});

test.each<[string, ListedImage[], string[], string[]]>([
  ['names an image by its tag', parseImages(LISTED), ['godwit.local/pause:1'], ['quay.io/lab/shop:2']],
  ['names it by its digest where it has no tag', [image('quay.io/a@sha256:1', '1'), image('sha256:9', '1')], [], ['quay.io/a@sha256:1']],
  ['names all tags, in order', [image('quay.io/b:2', '1'), image('quay.io/b:1', '1')], [], ['quay.io/b:1', 'quay.io/b:2']],
  [
    'leaves out what the release brings, under all its names',
    [image('pause:3', '1'), image('registry/pause:3', '1'), image('quay.io/c:1', '2')],
    ['pause:3'],
    ['quay.io/c:1'],
  ],
  ['leaves out catalogues', [image('registry.redhat.io/redhat/redhat-operator-index:v4.15', '1')], [], []],
  [
    'knows a registry with a port',
    [image('registry.lab:5000/a:1', '1'), image('registry.lab:5000/a@sha256:1', '1')],
    [],
    ['registry.lab:5000/a:1'],
  ],
])('the list of images %s', (_title, images, brought, names) => {
  expect(imagesOfSeed(images, brought)).toEqual(names);
});

test.each([
  ['[plugins."io.containerd.grpc.v1.cri"]\n  sandbox_image = "godwit.local/pause:1"\n', 'godwit.local/pause:1'],
  ['# sandbox_image = "no"\n', undefined],
])('the image of sandboxes is read from %j', (text, name) => {
  expect(sandboxImage(text)).toBe(name);
});
