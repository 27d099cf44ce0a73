import { expect, test } from 'vitest';
import { rivalOf } from './rival.ts';

const moveOf = (uid: string, second: number, facts: { name?: string; ended?: boolean } = {}) =>
  ({
    metadata: { uid, creationTimestamp: `2026-01-01T00:00:0${second}Z` },
    spec: { hostedCluster: { namespace: 'clusters', name: facts.name ?? 'sample' } },
    status: facts.ended === true ? { completionTimestamp: '2026-01-01T00:01:00Z' } : {},
  }) as never;

test('of two moves of one hosted cluster exactly one finds the other in its way', () => {
  const [first, second, twin] = [moveOf('b', 1), moveOf('a', 2), moveOf('c', 1)];
  const all = [second, twin, first];
  expect(rivalOf(first, all)).toBeUndefined();
  expect(rivalOf(twin, all)).toBe(first);
  expect(rivalOf(second, all)).toBe(twin);
});

test.each<[string, never]>([
  ['of another cluster', moveOf('a', 1, { name: 'other' })],
  ['that has ended', moveOf('a', 1, { ended: true })],
])('a move %s is in nobody’s way', (_title, other) => {
  expect(rivalOf(moveOf('b', 2), [other])).toBeUndefined();
});
