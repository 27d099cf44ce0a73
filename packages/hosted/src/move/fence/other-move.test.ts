import { expect, test } from 'vitest';
import type { FenceRecord } from './fence.ts';
import { isTakenByOther } from './other-move.ts';

const fence = (change: Partial<FenceRecord>): FenceRecord => ({
  hostedCluster: { namespace: 'clusters', name: 'sample' },
  infraID: 'sample-abcde',
  epoch: 1,
  move: 'other',
  forbids: 'source',
  favours: 'third',
  raised: '2030-01-01T10:00:00Z',
  ...change,
});
const us = { move: 'ours', source: 'source' };

test.each<[string, FenceRecord | undefined, boolean]>([
  ['was never fenced', undefined, false],
  ['was fenced by this move', fence({ move: 'ours' }), false],
  ['came here by an earlier move', fence({ forbids: 'first', favours: 'source' }), false],
  ['was fenced by another move at the same time', fence({}), true],
])('a source that %s: is it somebody else’s? (G-H3)', (_title, youngest, taken) => {
  expect(isTakenByOther(youngest, us)).toBe(taken);
});
