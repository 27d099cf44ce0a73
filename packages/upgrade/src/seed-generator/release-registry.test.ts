import { expect, test } from 'vitest';
import { releaseRegistry } from './release-registry.ts';

test.each([
  ['the image of the release', 'quay.io/release/ocp@sha256:1', ['other.io/a:1'], 'quay.io'],
  ['most of its images', undefined, ['one.io/a:1', 'registry.lab:5000/a:1', 'registry.lab:5000/b:1'], 'registry.lab:5000'],
  ['the first by name where two have as many', undefined, ['two.io/a:1', 'one.io/a:1'], 'one.io'],
  ['the seed itself where it needs no images', undefined, [], 'seeds.io'],
])('a release comes from the registry of %s', (_title, release, images, registry) => {
  expect(releaseRegistry(release, images, 'seeds.io/lab/seed:1')).toBe(registry);
});
