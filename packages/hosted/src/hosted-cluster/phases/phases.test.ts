import { expect, test } from 'vitest';
import { mirrored } from '../annotations.ts';
import { aHostedCluster } from '../hosted-cluster.fixture.ts';
import { reconciliationSucceeded } from '../status/reconciliation-succeeded.ts';
import { freeUserId } from './control-plane-home.ts';
import { controlPlaneSpecOf } from './hosted-control-plane.ts';
import { type Phase, runPhases, type Scope } from './phase.ts';

const scope = { world: { management: {} } } as Scope;
const passing = (name: string, rank: Phase['rank']): Phase => ({ name, rank, effects: () => [] });
const failing = (name: string, rank: Phase['rank']): Phase => ({
  name,
  rank,
  effects: () => {
    throw new Error(`${name} broke`);
  },
});
const outcomes = async (...phases: Phase[]) => (await runPhases(phases, scope)).map(({ name, outcome }) => `${name} ${outcome}`);

test('a fault of a critical phase leaves out what depends on it, and nothing else', async () => {
  const found = await outcomes(
    failing('a', 'critical'),
    passing('b', 'critical'),
    passing('c', 'ordinary'),
    passing('d', 'dependent'),
    passing('e', 'ordinary'),
  );
  expect(found).toEqual(['a failed', 'b done', 'c done', 'd blocked', 'e done']);
});

test('a fault of an ordinary phase holds up nothing', async () => {
  expect(await outcomes(failing('a', 'ordinary'), passing('b', 'dependent'))).toEqual(['a failed', 'b done']);
});

test('every fault of a pass is told at once', async () => {
  const results = await runPhases([failing('a', 'critical'), failing('b', 'ordinary'), passing('c', 'dependent')], scope);
  expect(reconciliationSucceeded({ results })).toMatchObject({
    status: 'False',
    reason: 'ReconciliationError',
    message: 'a: a broke; b: b broke; c: left out, since it needs what failed',
  });
});

test('a pass without a fault says that all is well, in upstream’s spelling', () => {
  expect(reconciliationSucceeded({ results: [] })).toEqual({
    type: 'ReconciliationSucceeded',
    status: 'True',
    reason: 'ReconciliatonSucceeded',
    message: 'All is well',
  });
});

test('the control plane has the spec of its cluster, with references to the copies', () => {
  const { spec } = aHostedCluster({
    controlPlaneRelease: { image: 'registry.example/release:4.21.1' },
    sshKey: { name: 'mine' },
    additionalTrustBundle: { name: 'bundle' },
    serviceAccountSigningKey: { name: 'signer' },
    pausedUntil: 'true',
  });
  const plane = controlPlaneSpecOf(spec);
  expect(plane).toMatchObject({
    releaseImage: 'registry.example/release:4.21.0',
    controlPlaneReleaseImage: 'registry.example/release:4.21.1',
    pullSecret: { name: 'pull-secret' },
    sshKey: { name: 'ssh-key' },
    additionalTrustBundle: { name: 'user-ca-bundle' },
    serviceAccountSigningKey: { name: 'sa-signing-key' },
    services: spec.services,
    etcd: spec.etcd,
  });
  for (const key of ['release', 'controlPlaneRelease', 'pausedUntil']) expect(plane).not.toHaveProperty(key);
});

test('T24: the release of the cluster is that of its control plane, whatever the control plane has completed', () => {
  expect(controlPlaneSpecOf(aHostedCluster({ release: { image: 'b' } }).spec).releaseImage).toBe('b');
});

test('an Agent cluster has a control plane of platform None', () => {
  const { spec } = aHostedCluster({ platform: { type: 'Agent', agent: { agentNamespace: 'agents' } } });
  expect(controlPlaneSpecOf(spec).platform).toEqual({ type: 'None' });
});

test('the control plane learns annotations about itself, never those of the fence, of moves and of others', () => {
  const wanted = {
    'hypershift.openshift.io/restart-date': 'now',
    'resource-request-override.hypershift.openshift.io/kube-apiserver.kube-apiserver': 'memory=1Gi',
    'godwit.io/infrastructure': 'local',
  };
  expect(
    mirrored({
      ...wanted,
      'godwit.io/fence': '{}',
      'godwit.io/hold': 'dns',
      'hypershift.openshift.io/cluster': 'a/b',
      'example.com/x': 'y',
    }),
  ).toEqual(wanted);
});

test.each([
  ['the first is 1001', [], 1001],
  ['what is taken is passed by', ['1001', '1002', undefined], 1003],
  ['a gap is filled', ['1001', '1003'], 1002],
])('user ids: %s', (_title, taken, free) => {
  expect(freeUserId(taken)).toBe(free);
});
