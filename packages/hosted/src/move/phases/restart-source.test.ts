import { Deployment, StatefulSet } from '@godwit/api';
import { aHostedCluster } from '@godwit/testkit';
import { expect, test } from 'vitest';
import type { Move } from '../scope.ts';
import { restartSource, starting } from './restart-source.ts';

const BAR = { initContainers: [{ name: 'godwit-fence' }] };

const workload = (name: string, replicas: number, pods: object = {}) => ({
  resource: name === 'etcd' ? StatefulSet : Deployment,
  name,
  found: {
    apiVersion: 'apps/v1',
    kind: name,
    metadata: { namespace: 'home', name },
    spec: { replicas, template: { spec: { containers: [], ...pods } } },
  } as never,
});

test.each<[string, ReturnType<typeof workload>, Record<string, number>, number | undefined]>([
  ['that was never ended stays as it is', workload('kube-apiserver', 3), {}, undefined],
  ['that was ended gets what it had', workload('kube-apiserver', 0), { 'kube-apiserver': 3 }, 3],
  ['that somebody ended before its number was noted gets one', workload('kube-apiserver', 0), {}, 1],
  ['that is barred is let start', workload('etcd', 0, BAR), { etcd: 3 }, 3],
  ['that is barred but was started by hand is let start', workload('etcd', 3, BAR), { etcd: 3 }, 3],
])('a workload of the source %s (D-H17)', (_title, found, replicas, wanted) => {
  const patches = starting([found], replicas).map((effect) => (effect as { patch: { spec: { replicas: number } } }).patch.spec.replicas);
  expect(patches).toEqual(wanted === undefined ? [] : [wanted]);
});

test('a workload that is not there is not made by the way back', () => {
  expect(starting([{ resource: StatefulSet, name: 'etcd', found: undefined }], {})).toEqual([]);
});

const move = { spec: { hostedCluster: { namespace: 'clusters', name: 'demo' } }, status: { source: { pools: {} } } } as unknown as Move;
const cluster = aHostedCluster();
const going = { ...cluster, metadata: { ...cluster.metadata, deletionTimestamp: '2030-01-01T10:00:00Z' } };

test.each<[string, Pick<Parameters<typeof restartSource.decide>[0], 'cluster' | 'other'>, object, string, string]>([
  ['that is gone is not waited for', { cluster: undefined, other: undefined }, move.status ?? {}, 'advance', 'NothingToReturn'],
  ['that is being deleted is not waited for', { cluster: going, other: undefined }, move.status ?? {}, 'advance', 'NothingToReturn'],
  ['that another move has is left to it', { cluster, other: 'move b' }, move.status ?? {}, 'advance', 'LeftToOther'],
  ['that was never frozen is not started', { cluster, other: undefined }, {}, 'advance', 'Done'],
  ['that was frozen is waited for', { cluster, other: undefined }, move.status ?? {}, 'wait', 'Working'],
])('on the way back a hosted cluster %s (G-H11)', (_title, found, status, outcome, reason) => {
  const verdict = restartSource.decide({ ...found, plane: undefined, workloads: [], unhold: [] }, { ...move, status });
  expect([verdict.outcome, verdict.said.reason]).toEqual([outcome, reason]);
});
