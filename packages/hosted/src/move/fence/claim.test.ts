import { expect, test } from 'vitest';
import { aHostedCluster } from '../../hosted-cluster/hosted-cluster.fixture.ts';
import { strip } from '../bundle/strip.ts';
import type { Scope } from '../scope.ts';
import { claiming, claimOfOther, isClaimedBy } from './claim.ts';

const moveOf = (uid: string) => ({ metadata: { namespace: 'hypershift', name: `move-${uid}`, uid } }) as Scope['move'];
const scopeOf = (uid: string) => ({ move: moveOf(uid), world: { settings: { managementCluster: 'mgmt-2' } } }) as Scope;
const claimedBy = (uid: string) => {
  const { patch } = claiming(aHostedCluster({}, { resourceVersion: '7' }), scopeOf(uid)) as unknown as {
    patch: { metadata: { annotations: Record<string, string> } };
  };
  return aHostedCluster({}, patch.metadata);
};
const free = aHostedCluster();
const byHand = aHostedCluster({}, { annotations: { 'godwit.io/move-claim': 'b' } });

test.each<[string, ReturnType<typeof aHostedCluster>, boolean, string | undefined]>([
  ['that nobody has claimed is nobody’s', free, false, undefined],
  ['that a move has claimed is that move’s', claimedBy('a'), true, undefined],
  ['that another move has claimed is that one’s, by its name', claimedBy('b'), false, 'HostedClusterMigration hypershift/move-b on mgmt-2'],
  ['of which only a uid is known is named by it', byHand, false, 'move b'],
])('a HostedCluster %s (G-H3)', (_title, cluster, ours, other) => {
  expect([isClaimedBy(cluster, moveOf('a')), claimOfOther(cluster, moveOf('a'))]).toEqual([ours, other]);
});

test('a claim is made to the HostedCluster as it was read', () => {
  expect(claimedBy('a').metadata.resourceVersion).toBe('7');
});

test('a claim does not travel to the destination', () => {
  expect(strip(claimedBy('a')).metadata.annotations).toBeUndefined();
});
