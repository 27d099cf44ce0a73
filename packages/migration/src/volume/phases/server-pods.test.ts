import { labels, type Pod } from '@godwit/api';
import { fakeClock } from '@godwit/testkit';
import { expect, test } from 'vitest';
import { aDvm, aPod } from '../fixtures.ts';
import { TRANSFER_ROLE } from '../names.ts';
import { noNotes } from '../open-scope.ts';
import type { Scope } from '../scope.ts';
import { waitForRsyncTransferPodsRunning } from './server-pods.ts';

const waiting = aDvm({}, { phase: 'WaitForRsyncTransferPodsRunning' });
const namespace = 'shop';

const server = (status: Pod['status']): Pod =>
  aPod({ namespace, name: 'rsync-server', uid: 'u', labels: { [TRANSFER_ROLE]: 'server', [labels.partOf]: 'x' } }, status);

const scopeWith = (...pods: Pod[]): Scope =>
  ({
    clock: fakeClock(),
    target: { pods: () => pods, find: async () => undefined, image: 'transfer:1' },
    settings: {},
    notes: noNotes(),
    owner: undefined,
  }) as unknown as Scope;

const judged = async (scope: Scope, dvm = waiting) => {
  const { outcome, effects } = await waitForRsyncTransferPodsRunning.judge(scope, dvm);
  return [outcome, ...effects.map((effect) => effect.do)];
};

test.each<[string, Pod[], string[]]>([
  ['that is ready lets the copy go on', [server({ phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] })], ['advance']],
  ['that starts is waited for', [server({ phase: 'Pending' })], ['wait']],
  ['that somebody has deleted is made anew', [], ['wait', 'create']],
  ['that was evicted makes room for another one', [server({ phase: 'Failed', reason: 'Evicted' })], ['wait', 'delete', 'create']],
])('a receiving pod %s', async (_title, pods, expected) => {
  expect(await judged(scopeWith(...pods))).toEqual(expected);
});

test('none is missed in the round that has made them: the watch is a moment behind', async () => {
  expect(await judged(scopeWith(), aDvm({}, { phase: 'CreateRsyncTransferPods' }))).toEqual(['wait']);
});
