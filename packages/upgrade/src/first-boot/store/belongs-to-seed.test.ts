import { expect, test } from 'vitest';
import { belongsToSeed, holdsText, namesInKeys, resourceOf } from './belongs-to-seed.ts';

/** A value as protobuf stores it: each text behind its length. */
const stored = (...texts: string[]): Buffer =>
  Buffer.concat([
    Buffer.from('k8s\0'),
    ...texts.map((text) => Buffer.concat([Buffer.from([0x12, Buffer.byteLength(text)]), Buffer.from(text)])),
  ]);

const NAMES = ['seed', '192.0.2.7'];

test.each<[string, Buffer, boolean]>([
  ['minions/seed', stored('x'), true],
  ['csinodes/seed', stored('x'), true],
  ['leases/kube-node-lease/seed', stored('x'), true],
  ['leases/kube-system/kube-controller-manager', stored('x'), true],
  ['masterleases/192.0.2.7', stored('x'), true],
  ['certificatesigningrequests/csr-1', stored('x'), true],
  ['events/shop/web.1', stored('x'), true],
  ['pods/shop/bound', stored('bound', 'seed'), true],
  ['pods/shop/waiting', stored('waiting'), false],
  ['pods/shop/waiting', stored('seedling'), false],
  ['services/endpoints/shop/web', stored('192.0.2.7'), true],
  ['services/endpoints/shop/web', stored('192.0.2.70'), false],
  ['services/endpoints/default/kubernetes', stored('x'), true],
  ['services/specs/default/kubernetes', stored('192.0.2.7'), false],
  ['endpointslices/shop/web-1', stored('seed'), true],
  ['configmaps/shop/kube-root-ca.crt', stored('x'), true],
  ['configmaps/kube-system/extension-apiserver-authentication', stored('x'), true],
  ['configmaps/shop/settings', stored('seed'), false],
  ['secrets/shop/password', stored('seed'), false],
  ['lca.openshift.io/imagebasedupgrades/upgrade', Buffer.from('{}'), true],
  ['velero.io/restores/openshift-adp/apache-app', Buffer.from('{}'), true],
  ['velero.io/backups/openshift-adp/apache-app', Buffer.from('{}'), true],
  ['velero.io/backupstoragelocations/openshift-adp/default', Buffer.from('{}'), true],
  ['apps/v1/deployments/shop/web', stored('seed'), false],
])('D-I7 of the entry %s with %j it is known whose it is', (key, value, isSeeds) => {
  expect(belongsToSeed({ key, value }, NAMES)).toBe(isSeeds);
});

test('a text counts only as a whole value, in protobuf and in JSON', () => {
  expect(holdsText(Buffer.from('{"host":"seed"}'), 'seed')).toBe(true);
  expect(holdsText(Buffer.from('{"host":"seeds"}'), 'seed')).toBe(false);
  expect(holdsText(stored('a word of a seed here'), 'seed')).toBe(false);
});

test('names of the node are found in the keys, each once', () => {
  expect(namesInKeys(['minions/seed', 'csinodes/seed', 'masterleases/192.0.2.7', 'pods/minions/web'])).toEqual(NAMES);
});

test('a summary counts by resource', () => {
  expect(['minions/seed', 'services/endpoints/a/b', 'lca.openshift.io/imagebasedupgrades/upgrade'].map(resourceOf)).toEqual([
    'minions',
    'services/endpoints',
    'lca.openshift.io/imagebasedupgrades',
  ]);
});
