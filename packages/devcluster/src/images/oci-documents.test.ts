import { expect, test } from 'vitest';
import { architecture, blobPath, ociDocuments } from './oci-documents.ts';

const LAYER = { digest: `sha256:${'0'.repeat(64)}`, size: 12 };

test.each([
  ['x64', 'amd64'],
  ['arm64', 'arm64'],
])('what Node calls %s is %s in an image', (node, oci) => {
  expect(architecture(node)).toBe(oci);
});

test('a blob is found by its digest', () => {
  expect(blobPath(LAYER)).toBe(`blobs/sha256/${'0'.repeat(64)}`);
});

test.each([
  ['a registry with a port', 'registry:5000/godwit/shop:0.1.0', '0.1.0'],
  ['a plain name', 'localhost/godwit/shop:7', '7'],
])('the tag is what follows the last colon of %s', (_title, name, tag) => {
  const index = ociDocuments(name, LAYER).find(({ path }) => path === 'index.json');
  expect(JSON.parse(index?.text ?? '').manifests[0].annotations['org.opencontainers.image.ref.name']).toBe(tag);
});

test('the same image gives the same texts, another layer gives others', () => {
  expect(ociDocuments('a:1', LAYER)).toEqual(ociDocuments('a:1', LAYER));
  expect(ociDocuments('a:1', { ...LAYER, size: 13 })).not.toEqual(ociDocuments('a:1', LAYER));
});
