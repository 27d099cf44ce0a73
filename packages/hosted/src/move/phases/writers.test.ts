import type { Deployment, Pod } from '@godwit/api';
import { aHostedCluster } from '@godwit/testkit';
import { expect, test } from 'vitest';
import type { Move } from '../scope.ts';
import { stopWriters } from './writers.ts';

const now = new Date('2030-01-01T00:00:10Z');
const home = 'clusters-sample';
const whole = { cluster: aHostedCluster() };
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
  expect(stopWriters.decide({ ...facts, whole, home, now }, move(noted)).notes).toMatchObject({ downtime: { started } });
});

test.each([
  ['are ended by their Deployment', deployment(1), [server], [expect.objectContaining({ do: 'patch', patch: { spec: { replicas: 0 } } })]],
  // A pod that is deleted beside the Deployment would get a successor, and one that was told to end cannot be hurried.
  ['are left to end', deployment(0), [server], []],
  ['may come again until their Deployment has seen that it was scaled down', deployment(0, 1), [], []],
])('API servers %s', (_title, found, pods, effects) => {
  const verdict = stopWriters.decide({ whole, deployments: [found], pods, answers: false, home, now }, move(before));
  expect(verdict).toMatchObject({ outcome: 'wait', effects });
});

test('API servers of a hosted cluster that somebody deletes meanwhile are not ended by the move', () => {
  const going = { lost: 'NodePool clusters/a is being deleted' };
  const verdict = stopWriters.decide({ whole: going, deployments: [deployment(1)], pods: [server], answers: true, home, now }, move());
  expect(verdict).toMatchObject({ outcome: 'fail', said: { reason: 'SourceDeleting' }, effects: [] });
});
