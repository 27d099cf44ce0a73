import { aHostedCluster, aNodePool } from '@godwit/testkit';
import { expect, test } from 'vitest';
import type { Move } from '../scope.ts';
import { unfreezeSource } from './unfreeze-source.ts';

const move = (source: object = { pausedUntil: null, pools: { a: null } }) =>
  ({
    metadata: { uid: 'ours' },
    spec: { hostedCluster: { namespace: 'clusters', name: 'demo' } },
    status: { source },
  }) as unknown as Move;
const claim = { 'godwit.io/move-claim': 'ours HostedClusterMigration hypershift/move on mgmt-2' };
const claimed = aHostedCluster({ annotations: claim, pausedUntil: 'true' });
const pool = aNodePool({ name: 'a', pausedUntil: 'true' });
const letGo = { metadata: { annotations: { 'godwit.io/move-claim': null } } };

type Facts = Parameters<typeof unfreezeSource.decide>[0];

const decided = (change: Partial<Facts>, source?: object) =>
  unfreezeSource.decide({ cluster: claimed, pools: [], machines: [], other: undefined, ...change }, move(source));

test.each<[string, Partial<Facts>, object | undefined, string, string, object[]]>([
  ['lets its pools work before it lets go of it', { pools: [pool] }, undefined, 'wait', 'Working', [{ spec: { pausedUntil: null } }]],
  ['lets it work and go in one write', {}, undefined, 'advance', 'Done', [{ ...letGo, spec: { pausedUntil: null } }]],
  ['writes nothing twice', { cluster: aHostedCluster() }, undefined, 'advance', 'Done', []],
  ['only lets go of what it claimed and did not pause', {}, {}, 'advance', 'Done', [{ ...letGo, spec: { pausedUntil: 'true' } }]],
  ['touches nothing that another move has', { other: 'move b', pools: [pool] }, undefined, 'advance', 'LeftToOther', []],
  ['ends when the cluster is gone', { cluster: undefined }, undefined, 'advance', 'NothingToReturn', []],
])('a move that goes back from its source %s (G-H11)', (_title, change, source, outcome, reason, patches) => {
  const verdict = decided(change, source);
  expect([verdict.outcome, verdict.said.reason]).toEqual([outcome, reason]);
  expect(verdict.effects).toMatchObject(patches.map((patch) => ({ patch })));
});
