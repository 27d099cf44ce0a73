import { expect, test } from 'vitest';
import { unneededRefs } from './unneeded-refs.ts';

const deployments = [{ index: 0, stateroot: 'rhcos', checksum: 'a', serial: 0, booted: true }];
const origins = ['[origin]\nrefspec=fleet:stable\n', '[origin]\ncontainer-image-reference=ostree-unverified-registry:quay.io/x\n'];

test.each([
  ['a ref of a release that is gone', { name: 'seed/4.20.0', commit: 'b' }, true],
  ['a second name of the commit that runs', { name: 'seed/4.20.1', commit: 'a' }, false],
  ['what a deployment follows, also when it moved on', { name: 'fleet:stable', commit: 'c' }, false],
  ['what ostree keeps for its deployments', { name: 'ostree/0/1/0', commit: 'd' }, false],
  ['what rpm-ostree keeps for its layers', { name: 'rpmostree/base/0', commit: 'd' }, false],
  ['a name that only looks like ostree’s', { name: 'ostreeish/x', commit: 'd' }, true],
])('%s', (_title, ref, unneeded) => {
  expect(unneededRefs([ref], deployments, origins)).toEqual(unneeded ? [ref.name] : []);
});
