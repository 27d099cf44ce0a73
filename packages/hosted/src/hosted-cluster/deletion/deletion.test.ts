import { expect, test } from 'vitest';
import { aHostedCluster } from '../hosted-cluster.fixture.ts';
import { deletionClaims } from './delete.ts';
import { waitForGracePeriod } from './last.ts';
import { type Scope, waitingFor } from './step.ts';
import { deletionSteps, departureSteps } from './steps.ts';

test('the order of a deletion is read aloud here', () => {
  expect(deletionSteps.map(({ name }) => name)).toEqual([
    'unpause machines',
    'tell the control plane about the clean-up',
    'delete the node pools',
    'delete the Cluster of Cluster API',
    'let the manager of machines go',
    'delete the control plane',
    'delete the namespace of the control plane',
    'unmark what the configuration referred to',
    'wait for the grace period',
  ]);
});

test('of a cluster that has moved away nothing is unpaused, and no machine is deleted', () => {
  expect(departureSteps.map(({ name }) => name)).toEqual([
    'let go what is left of a cluster that runs elsewhere',
    'unmark what the configuration referred to',
    'wait for the grace period',
  ]);
});

const pool = (name: string, finalizers: string[] = []) => ({
  apiVersion: 'x',
  kind: 'NodePool',
  metadata: { namespace: 'clusters', name, finalizers },
});

test.each([
  ['one object with who keeps it', [pool('a', ['test/keep'])], 'Waiting for NodePool clusters/a (finalizers test/keep) to go'],
  [
    'three of many',
    ['a', 'b', 'c', 'd', 'e'].map((name) => pool(name)),
    'Waiting for NodePool clusters/a, NodePool clusters/b, NodePool clusters/c and 2 more to go',
  ],
])('what is waited for names %s', (_title, objects, message) => {
  expect(waitingFor('WaitingForNodePoolDeletion', objects)).toEqual({ reason: 'WaitingForNodePoolDeletion', message });
});

test('a deletion that waits says for what, and one that is done says so', () => {
  expect(deletionClaims({ waiting: { reason: 'WaitingForNamespaceDeletion', message: 'm' } })).toMatchObject([
    { status: 'True', reason: 'WaitingForNamespaceDeletion' },
  ]);
  expect(deletionClaims({ waiting: undefined })).toMatchObject([
    { type: 'HostedClusterDeleting', status: 'False', reason: 'DeletionCompleted' },
  ]);
});

const now = new Date('2030-01-01T12:00:00Z');
const scope = (period: string | undefined, since?: string): Scope => {
  const annotations = period === undefined ? {} : { 'hypershift.openshift.io/destroy-grace-period': period };
  const condition = {
    type: 'HostedClusterDestroyed',
    status: 'True' as const,
    reason: 'WaitingForGracePeriod',
    message: '',
    lastTransitionTime: since ?? '',
  };
  const cluster = { ...aHostedCluster({}, { annotations }), status: since === undefined ? {} : { conditions: [condition] } };
  return { cluster, now } as unknown as Scope;
};

test.each([
  ['none is asked for', scope(undefined), undefined],
  ['it begins', scope('10m'), 600],
  ['half of it is over', scope('10m', '2030-01-01T11:55:00Z'), 300],
  ['it is over', scope('10m', '2030-01-01T11:50:00Z'), undefined],
  ['it cannot be read', scope('soon'), undefined],
])('grace period: %s', async (_title, facts, seconds) => {
  expect((await waitForGracePeriod.find(facts)).waiting?.seconds).toBe(seconds);
});
