import { Cluster, Machine } from '@godwit/api';
import { expect, test } from 'vitest';
import { lettingAllGo, type Remains, remainsOf } from './let-go.ts';

const named = (name: string, finalizers: string[] = []) =>
  ({ metadata: { namespace: 'home', name, uid: `uid-${name}`, finalizers } }) as never;
const remains: Remains = {
  home: { metadata: { name: 'home' } } as never,
  acting: [
    { resource: Cluster, object: named('sample', ['cluster.cluster.x-k8s.io']) },
    { resource: Machine, object: named('worker') },
  ],
  pools: [named('workers', ['hypershift.openshift.io/finalizer'])],
};

test('what is left loses its finalizers before it is deleted, so that nobody cleans up what lives elsewhere', () => {
  const told = lettingAllGo('management', remains).map((effect) =>
    'name' in effect && 'resource' in effect ? `${effect.do} ${effect.resource.kind}` : '',
  );
  expect(told).toEqual([
    'patch Cluster',
    'delete Cluster',
    'delete Machine',
    'patch NodePool',
    'delete NodePool',
    'delete ClusterRoleBinding',
    'delete ClusterRole',
    'delete Namespace',
  ]);
});

test.each([
  ['its own', 'prod/sample', 'home'],
  ['that of another one', 'prod-eu/sample', undefined],
])('of a hosted cluster %s namespace is left', async (_title, owner, name) => {
  const home = { metadata: { name: 'home', annotations: { 'hypershift.openshift.io/cluster': owner } } };
  const client = { get: async () => home, list: async () => ({ items: [{ metadata: { name: 'x' }, spec: { clusterName: 'other' } }] }) };
  const left = await remainsOf(client as never, { namespace: 'prod', name: 'sample', home: 'home' });
  expect([left.home?.metadata.name, left.acting.length > 0, left.pools]).toEqual([name, name !== undefined, []]);
});
