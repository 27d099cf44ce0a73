import { expect, test } from 'vitest';
import { aHostedCluster } from '../hosted-cluster.fixture.ts';
import { aRelease } from '../world.fixture.ts';
import { type GateFacts, judgeGates } from './judge-gates.ts';

const cluster = aHostedCluster();
const home = { name: 'clusters-sample', owner: undefined, wantedBy: 'clusters/sample' };
const validation = (spec = cluster.spec) => ({ spec, nodePortRange: undefined, servesRoutes: false, agentNamespaceExists: true, home });
const release = aRelease(cluster.spec.release.image);
const facts = (changes: Partial<GateFacts> = {}): GateFacts => ({
  cluster,
  reading: { release, controlPlane: release },
  validation: validation(changes.cluster?.spec),
  settings: { versions: { minimum: '4.14.0', latest: '5.1.0' } },
  ...changes,
});
const claimOf = (changes: Partial<GateFacts>, type: string) => judgeGates(facts(changes)).claims.find((each) => each.type === type);

test('all gates are open for a cluster without faults', () => {
  const gates = judgeGates(facts());
  expect(gates.blocked).toBeUndefined();
  expect(gates.claims.map(({ type, status }) => `${type} ${status}`)).toEqual([
    'ValidConfiguration True',
    'SupportedHostedCluster True',
    'ValidReleaseImage True',
  ]);
});

test('a platform that nobody runs here is refused, with those that are', () => {
  const aws = aHostedCluster({ platform: { type: 'AWS', aws: { region: 'us-east-2', endpointAccess: 'Public' } } });
  expect(claimOf({ cluster: aws }, 'SupportedHostedCluster')).toMatchObject({
    reason: 'UnsupportedHostedCluster',
    message: 'platform AWS is not run by this operator; choose one of None, Agent',
  });
});

const old = aHostedCluster({ release: { image: 'registry.example/release:4.13.0' } });
const oldReading = { release: aRelease(old.spec.release.image), controlPlane: aRelease(old.spec.release.image) };

test('a release below the minimum is refused, unless the check is left out', () => {
  expect(claimOf({ cluster: old, reading: oldReading }, 'ValidReleaseImage')).toMatchObject({ status: 'False', reason: 'InvalidImage' });
  const annotations = { 'hypershift.openshift.io/skip-release-image-validation': 'true' };
  const skipped = { ...old, metadata: { ...old.metadata, annotations } };
  expect(claimOf({ cluster: skipped, reading: oldReading }, 'ValidReleaseImage')).toMatchObject({ status: 'True' });
});

test('an image that cannot be read closes the gate, a missing Secret does not', () => {
  const blockedBy = (fault: 'InvalidImage' | 'SecretNotFound') => judgeGates(facts({ reading: { fault, message: 'why' } })).blocked;
  expect(blockedBy('InvalidImage')).toBe('ValidReleaseImage condition is false: why');
  expect(blockedBy('SecretNotFound')).toBeUndefined();
});

test('an upgrade that the cluster refuses closes the gate', () => {
  const desired = { image: 'registry.example/release:4.20.0', version: '4.20.0' };
  const conditions = [
    { type: 'ClusterVersionUpgradeable', status: 'False' as const, reason: 'x', message: 'no', lastTransitionTime: '2030-01-01T00:00:00Z' },
  ];
  const refusing = { ...cluster, status: { version: { desired, history: [] }, conditions } };
  expect(judgeGates(facts({ cluster: refusing })).blocked).toBe(
    'ClusterVersionUpgradeable condition is false: cluster version is not upgradeable: no',
  );
});
