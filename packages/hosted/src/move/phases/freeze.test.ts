import type { HostedCluster } from '@godwit/api';
import { expect, test } from 'vitest';
import { aHostedCluster } from '../../hosted-cluster/hosted-cluster.fixture.ts';
import type { Move } from '../scope.ts';
import { freezeSource } from './freeze.ts';

const now = new Date('2030-01-01T10:00:00Z');
const resting = { conditions: [{ type: 'ReconciliationActive', status: 'False' }] } as HostedCluster['status'];
const claim = { annotations: { 'godwit.io/move-claim': 'ours HostedClusterMigration hypershift/move on mgmt-2' } };
const clusterOf = (pausedUntil: string | undefined, metadata: object, status?: HostedCluster['status']): HostedCluster => ({
  ...aHostedCluster(pausedUntil === undefined ? {} : { pausedUntil }, metadata),
  ...(status === undefined ? {} : { status }),
});
const move = (status: object = {}) =>
  ({ metadata: { uid: 'ours' }, spec: { hostedCluster: { namespace: 'clusters', name: 'sample' } }, status }) as Move;
const frozen = { source: { pausedUntil: null, pools: {} } };
const plane = { spec: { pausedUntil: 'true' } } as Parameters<typeof freezeSource.decide>[0]['plane'];

type Facts = Parameters<typeof freezeSource.decide>[0];
type Change = Partial<Omit<Facts, 'whole'>> & { cluster?: HostedCluster; lost?: string };

const decided = ({ cluster = clusterOf(undefined, {}), lost, ...change }: Change, status: object = {}) =>
  freezeSource.decide(
    {
      whole: lost === undefined ? { cluster } : { lost },
      plane,
      pools: [],
      machines: undefined,
      other: undefined,
      claim: [],
      nodes: [],
      now,
      ...change,
    },
    move(status),
  );

test.each<[string, Change, object, string, string]>([
  ['claims a source that is free', {}, {}, 'wait', 'Working'],
  ['pauses what it has claimed', { cluster: clusterOf(undefined, claim) }, {}, 'wait', 'Working'],
  ['is through when all rests', { cluster: clusterOf('true', claim, resting) }, frozen, 'advance', 'Done'],
  ['gives up when another move has the source', { other: 'move b' }, {}, 'fail', 'SourceTaken'],
  ['gives up when another move has it by now', { cluster: clusterOf('true', claim), other: 'move b' }, frozen, 'fail', 'SourceTaken'],
  ['gives up when somebody paused the cluster', { cluster: clusterOf('true', {}, resting) }, {}, 'fail', 'SourcePaused'],
  ['gives up when a part of it is being deleted', { lost: 'NodePool clusters/a is being deleted' }, {}, 'fail', 'SourceDeleting'],
  ['takes a pause that is over for none', { cluster: clusterOf('2029-01-01T00:00:00Z', {}) }, {}, 'wait', 'Working'],
])('a move that freezes its source %s (G-H3)', (_title, change, status, outcome, reason) => {
  const verdict = decided(change, status);
  expect([verdict.outcome, verdict.said.reason]).toEqual([outcome, reason]);
});

test('what is to be paused is noted only when the source is claimed: the way back brings back nothing else', () => {
  expect(decided({}).notes).toBeUndefined();
  expect(decided({ cluster: clusterOf(undefined, claim) }).notes).toEqual(frozen);
  const paused = { source: { pausedUntil: 'true', pools: {} } };
  expect(decided({ cluster: clusterOf('true', claim, resting) }).notes).toMatchObject(paused);
});

test('the nodes are noted again when all rests: one that went since the preflight is nobody’s to wait for', () => {
  const nodes = [{ name: 'w1', uid: '1' }];
  expect(decided({ cluster: clusterOf('true', claim, resting), nodes }, frozen).notes).toMatchObject({ nodes });
  expect(decided({ cluster: clusterOf('true', claim), nodes: [] }, frozen).notes).not.toHaveProperty('nodes');
});
