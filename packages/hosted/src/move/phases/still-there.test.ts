import { aHostedCluster, aNodePool } from '@godwit/testkit';
import { expect, test } from 'vitest';
import type { Move } from '../scope.ts';
import { wholeOf } from './still-there.ts';

const move = {
  spec: { hostedCluster: { namespace: 'clusters', name: 'demo' } },
  status: { source: { pools: { a: null } } },
} as unknown as Move;
const going = <T extends { metadata: object }>(object: T): T => ({
  ...object,
  metadata: { ...object.metadata, deletionTimestamp: '2030-01-01T10:00:00Z' },
});
const cluster = aHostedCluster();
const pool = aNodePool({ name: 'a' });

test.each<[string, Parameters<typeof wholeOf>[0], string | undefined]>([
  ['that is as it was', { cluster, pools: [pool] }, undefined],
  ['that is gone', { cluster: undefined, pools: [pool] }, 'HostedCluster clusters/demo is gone'],
  ['that is being deleted', { cluster: going(cluster), pools: [pool] }, 'HostedCluster clusters/demo is being deleted'],
  ['whose pool is being deleted', { cluster, pools: [going(pool)] }, 'NodePool clusters/a is being deleted'],
  ['whose pool went after the freeze', { cluster, pools: [] }, 'NodePool clusters/a is gone'],
])('of a hosted cluster %s it is told what is lost', (_title, found, lost) => {
  expect(wholeOf(found, move)).toEqual(lost === undefined ? { cluster } : { lost });
});
