import { expect, test } from 'vitest';
import { byDigest, parseReference, registryOf } from './reference.ts';

test.each([
  ['quay.io/lab/seed:4.21.0', { repository: 'quay.io/lab/seed', tag: '4.21.0' }],
  ['registry.lab:5000/seed', { repository: 'registry.lab:5000/seed' }],
  ['registry.lab:5000/lab/seed:1', { repository: 'registry.lab:5000/lab/seed', tag: '1' }],
  ['docker://registry.lab:5000/lab/seed:1', { repository: 'registry.lab:5000/lab/seed', tag: '1' }],
  ['quay.io/lab/seed@sha256:abc', { repository: 'quay.io/lab/seed', digest: 'sha256:abc' }],
  ['quay.io/lab/seed:4.21.0@sha256:abc', { repository: 'quay.io/lab/seed', tag: '4.21.0', digest: 'sha256:abc' }],
])('%s is taken apart', (image, parts) => {
  expect(parseReference(image)).toEqual(parts);
  expect(byDigest(image, 'sha256:def')).toBe(`${parts.repository}@sha256:def`);
  expect(registryOf(image)).toBe(parts.repository.split('/')[0]);
});
