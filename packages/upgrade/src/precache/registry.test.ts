import fc from 'fast-check';
import { expect, test } from 'vitest';
import { imagesText, imagesToPrecache, replacesRegistry, rewriteRegistry } from './registry.ts';

const AGENT = 'quay.io/openshift-kni/lifecycle-agent-operator:4.15.0';

test.each([
  ['another registry', AGENT, 'aaa.io', AGENT],
  ['the seed’s registry', AGENT, 'quay.io', 'bbb.io/openshift-kni/lifecycle-agent-operator:4.15.0'],
  ['a registry that only matches as a pattern', 'quayXio/lab/a:1', 'quay.io', 'quayXio/lab/a:1'],
  ['a registry that begins alike', 'quay.io.lab/a:1', 'quay.io', 'quay.io.lab/a:1'],
  ['the registry’s name further inside', 'ccc.io/quay.io/a:1', 'quay.io', 'ccc.io/quay.io/a:1'],
  ['a registry with a port', 'registry.lab:5000/a@sha256:abc', 'registry.lab:5000', 'bbb.io/a@sha256:abc'],
  ['a registry with a folder', 'registry.lab:5000/mirror/a:1', 'registry.lab:5000/mirror', 'bbb.io/a:1'],
  ['a seed that names no registry', AGENT, '', AGENT],
])('T22 an image is rewritten: %s', (_title, image, seed, rewritten) => {
  expect(rewriteRegistry(image, seed, 'bbb.io')).toBe(rewritten);
});

test('whatever the names are, only a whole registry at the front is replaced', () => {
  const name = fc.stringMatching(/^[a-z.*+()[\]\\^$]{1,12}$/);
  fc.assert(
    fc.property(name, name, fc.stringMatching(/^[a-z0-9/:@]{1,20}$/), (registry, other, rest) => {
      expect(rewriteRegistry(`${registry}/${rest}`, registry, 'new')).toBe(`new/${rest}`);
      if (other !== registry) expect(rewriteRegistry(`${other}/${rest}`, registry, 'new')).toBe(`${other}/${rest}`);
    }),
  );
});

test.each([
  ['no mirrors, and the seed had none', [], false, false],
  ['no mirrors, but the seed had one', [], true, true],
  ['the seed’s registry is mirrored here', ['quay.io/openshift-release-dev/ocp-release'], true, false],
  ['other registries are mirrored here', ['registry.redhat.io/ubi8'], false, true],
])('the seed’s registry is replaced or not: %s', (_title, mirrorSources, seedHasMirror, replaced) => {
  expect(replacesRegistry({ seedRegistry: 'quay.io', seedHasMirror, mirrorSources })).toBe(replaced);
});

test('a list loses empty lines and doubles, and keeps its order', () => {
  expect(imagesToPrecache('b:1\n\n a:1 \r\nb:1\n', (image) => `x/${image}`)).toEqual(['x/b:1', 'x/a:1']);
  expect(imagesText([])).toBe('\n');
});
