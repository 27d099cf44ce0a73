import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Bundle } from './bundle.ts';
import { changedSince } from './collect.ts';
import { seal, unseal } from './seal.ts';
import { strip } from './strip.ts';

const bundle: Bundle = {
  version: 1,
  move: 'uid',
  source: { namespace: 'clusters', name: 'sample', home: 'clusters-sample' },
  references: [],
  keys: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'root-ca' }, data: { 'ca.key': 'c2VjcmV0' } } as never],
  controlPlane: { apiVersion: 'v', kind: 'HostedControlPlane', metadata: { name: 'sample' } },
  machines: [],
  cluster: { apiVersion: 'v', kind: 'HostedCluster', metadata: { name: 'sample' } },
  pools: [],
};
const key = randomBytes(32);

test('a sealed bundle opens with its key and under its name, and shows nothing before', async () => {
  const sealed = await seal(bundle, key, 'sample/objects.enc');
  expect(sealed.includes('root-ca')).toBe(false);
  expect(await unseal(sealed, key, 'sample/objects.enc')).toEqual(bundle);
});

test.each([
  ['another key', async (sealed: Buffer) => unseal(sealed, randomBytes(32), 'name')],
  ['another name', async (sealed: Buffer) => unseal(sealed, key, 'other')],
  [
    'one changed bit',
    async (sealed: Buffer) => unseal(Buffer.from(sealed.map((byte, at) => (at === sealed.length - 1 ? byte ^ 1 : byte))), key, 'name'),
  ],
  ['a cut end', async (sealed: Buffer) => unseal(sealed.subarray(0, -5), key, 'name')],
  ['something else', async () => unseal(Buffer.from('<html>'), key, 'name')],
])('a bundle with %s does not open', async (_title, open) => {
  await expect(open(await seal(bundle, key, 'name'))).rejects.toThrow(/does not open|is no bundle/);
});

test('an object travels without what only its first cluster knows (G-H24)', () => {
  const object = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'a',
      namespace: 'clusters',
      uid: 'u',
      resourceVersion: '5',
      creationTimestamp: '2030-01-01T00:00:00Z',
      finalizers: ['x'],
      labels: { app: 'a' },
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}', kept: 'yes' },
      ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'o', uid: 'old' }],
    },
    data: { a: 'Yg==' },
    status: { phase: 'x' },
  };
  expect(strip(object as never)).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'a',
      namespace: 'clusters',
      labels: { app: 'a' },
      annotations: { kept: 'yes' },
      ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'o', uid: 'old' }],
    },
    data: { a: 'Yg==' },
  });
});

test('objects that changed, came or went while they were read are named', () => {
  const before = new Map([
    ['Secret a/b', '1'],
    ['Secret a/c', '1'],
  ]);
  const after = new Map([
    ['Secret a/b', '2'],
    ['Secret a/d', '1'],
  ]);
  expect(changedSince(before, after)).toEqual(['Secret a/b', 'Secret a/c', 'Secret a/d']);
});
