import type { StandardCondition } from '@godwit/controller';
import { expect, test } from 'vitest';
import { available, fromControlPlane } from './from-control-plane.ts';
import { progressing } from './progressing.ts';

const condition = (type: string, status: 'True' | 'False' | 'Unknown', reason = 'AsExpected', message = ''): StandardCondition => ({
  type,
  status,
  reason,
  message,
  lastTransitionTime: '2030-01-01T00:00:00Z',
});
const claimOf = (claims: readonly { type: string }[], type: string) => claims.find((each) => each.type === type);

test.each([
  ['no control plane', undefined, { status: 'False', reason: 'WaitingForAvailable' }],
  ['a control plane that says nothing', [], { status: 'False', reason: 'WaitingForAvailable' }],
  [
    'a control plane that is not available',
    [condition('Available', 'False', 'EtcdWaitingForQuorum', 'etcd waits')],
    { status: 'False', reason: 'EtcdWaitingForQuorum', message: 'etcd waits' },
  ],
  [
    'a control plane that is available',
    [condition('Available', 'True', 'x', 'y')],
    { status: 'True', reason: 'AsExpected', message: 'The hosted control plane is available' },
  ],
])('T25: availability with %s', (_title, conditions, expected) => {
  expect(available(conditions)).toMatchObject({ type: 'Available', ...expected });
});

test.each([
  ['without a control plane', undefined, 'The hosted control plane is not found'],
  ['with one that does not say it', [], 'Condition not found in the HCP'],
])('a condition is unknown %s', (_title, conditions, message) => {
  expect(claimOf(fromControlPlane(conditions, { unmanagedEtcd: false }), 'EtcdAvailable')).toEqual({
    type: 'EtcdAvailable',
    status: 'Unknown',
    reason: 'StatusUnknown',
    message,
  });
});

test('conditions of the control plane are told in its own words', () => {
  const claims = fromControlPlane([condition('EtcdAvailable', 'True', 'QuorumAvailable', 'three of three')], { unmanagedEtcd: false });
  expect(claimOf(claims, 'EtcdAvailable')).toEqual({
    type: 'EtcdAvailable',
    status: 'True',
    reason: 'QuorumAvailable',
    message: 'three of three',
  });
});

test('an etcd of somebody else has a condition of its own', () => {
  expect(claimOf(fromControlPlane([], { unmanagedEtcd: true }), 'UnmanagedEtcdAvailable')).toBeDefined();
  expect(claimOf(fromControlPlane([], { unmanagedEtcd: false }), 'UnmanagedEtcdAvailable')).toBeUndefined();
});

test('ClusterVersionSucceeding is the inverse of ClusterVersionFailing', () => {
  const claims = fromControlPlane([condition('ClusterVersionFailing', 'True', 'Broken', 'it broke')], { unmanagedEtcd: false });
  expect(claimOf(claims, 'ClusterVersionSucceeding')).toMatchObject({ status: 'False', reason: 'Broken' });
  expect(claimOf(claims, 'ClusterVersionFailing')).toBeUndefined();
});

test('ClusterVersionRetrievedUpdates is left out while it is unknown', () => {
  const claims = (status: 'True' | 'Unknown') =>
    fromControlPlane([condition('ClusterVersionRetrievedUpdates', status)], { unmanagedEtcd: false });
  expect(claimOf(claims('Unknown'), 'ClusterVersionRetrievedUpdates')).toBeUndefined();
  expect(claimOf(claims('True'), 'ClusterVersionRetrievedUpdates')).toBeDefined();
});

const stable = {
  gates: [],
  upgrade: { upgrading: false },
  image: 'a',
  version: { desired: { image: 'a' }, history: [{ state: 'Completed' }] },
};

test.each([
  ['nothing is known of the version', { version: undefined }, 'True', 'Progressing'],
  ['another image is wanted', { image: 'b' }, 'True', 'Progressing'],
  ['the release rolls out', { version: { desired: { image: 'a' }, history: [{ state: 'Partial' }] } }, 'True', 'Progressing'],
  ['the upgrade is forced', { image: 'b', upgrade: { upgrading: true, forced: 'by annotation' } }, 'True', 'Progressing'],
  ['the wanted image has its digest resolved', { version: { desired: { image: 'a@sha256:1' } } }, 'False', 'AsExpected'],
  ['all is as wanted', {}, 'False', 'AsExpected'],
  ['the upgrade is refused', { image: 'b', upgrade: { upgrading: true, refused: 'no' } }, 'False', 'Blocked'],
  ['the configuration is not valid', { image: 'b', gates: [condition('ValidConfiguration', 'False')] }, 'False', 'Blocked'],
  ['only a Secret is missing', { image: 'b', gates: [condition('ValidReleaseImage', 'False', 'SecretNotFound')] }, 'True', 'Progressing'],
])('when %s, Progressing is told so', (_title, changes, status, reason) => {
  expect(progressing({ ...stable, ...changes })).toMatchObject({ type: 'Progressing', status, reason });
});
