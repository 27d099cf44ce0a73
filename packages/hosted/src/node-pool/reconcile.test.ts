import type { HostedCluster, NodePool } from '@godwit/api';
import { expect, test } from 'vitest';
import { reconcilePool } from './reconcile.ts';

const cluster = { metadata: { annotations: { 'godwit.io/fence': 'fence/sample/1.json' } } } as unknown as HostedCluster;
const pool = {
  metadata: {
    namespace: 'clusters',
    name: 'workers',
    resourceVersion: '7',
    deletionTimestamp: '2030-01-01T00:00:00Z',
    finalizers: ['hypershift.openshift.io/finalizer'],
  },
  spec: { clusterName: 'sample' },
} as unknown as NodePool;

test('a pool of a cluster that has moved away goes at once, and its machines are not touched', async () => {
  const patches: unknown[] = [];
  const management = { get: async () => cluster, patch: async (_resource: unknown, _name: unknown, patch: unknown) => patches.push(patch) };
  expect(await reconcilePool({ management } as never, pool)).toBeUndefined();
  expect(patches).toEqual([{ metadata: { finalizers: [], resourceVersion: '7' } }]);
});
