import type { Deployment, Pod } from '@godwit/api';
import { expect, test } from 'vitest';
import type { Move } from '../scope.ts';
import { stopWriters } from './writers.ts';

const now = new Date('2030-01-01T00:00:10Z');
const home = 'clusters-sample';
const move = (downtime?: { started: string }): Move =>
  ({
    metadata: { name: 'move', namespace: 'hypershift' },
    spec: {},
    status: downtime === undefined ? {} : { downtime },
  }) as unknown as Move;
const server: Pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'kube-apiserver-0', namespace: home }, spec: { containers: [] } };
const deployment = (replicas: number, seen = 2): Deployment =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'kube-apiserver', namespace: home, generation: 2 },
    spec: { replicas },
    status: { observedGeneration: seen },
  }) as Deployment;

const before = { started: '2030-01-01T00:00:09.000Z' };

test.each([
  ['begins with the request to end', { deployments: [deployment(1)], pods: [server], answers: true }, undefined, now.toISOString()],
  ['has not begun while the API answers', { deployments: [deployment(0)], pods: [server], answers: true }, before, now.toISOString()],
  [
    'stays as it was noted when the API answers no more',
    { deployments: [deployment(0)], pods: [server], answers: false },
    before,
    before.started,
  ],
  ['stays as it was noted when no API server runs', { deployments: [deployment(0)], pods: [], answers: false }, before, before.started],
])('the downtime of a move %s', (_title, facts, noted, started) => {
  expect(stopWriters.decide({ ...facts, home, now }, move(noted)).notes).toMatchObject({ downtime: { started } });
});

test('pods of API servers that still run are ended, sooner than their workload would', () => {
  const { effects } = stopWriters.decide({ deployments: [deployment(0)], pods: [server], answers: true, home, now }, move(before));
  expect(effects).toEqual([
    expect.objectContaining({ do: 'delete', name: { namespace: home, name: 'kube-apiserver-0' }, gracePeriodSeconds: 1 }),
  ]);
});

test.each([
  ['is only scaled down', deployment(1), [expect.objectContaining({ do: 'patch', patch: { spec: { replicas: 0 } } })]],
  ['is left time to see that it was scaled down', deployment(0, 1), []],
])('a Deployment that would replace an ended pod %s', (_title, found, effects) => {
  expect(stopWriters.decide({ deployments: [found], pods: [server], answers: true, home, now }, move(before)).effects).toEqual(effects);
});
