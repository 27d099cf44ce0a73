import { expect, test } from 'vitest';
import type { Move } from '../scope.ts';
import { awaited } from './missing-nodes.ts';
import { backAgain, nodesBack } from './nodes-back.ts';

const now = new Date('2030-01-01T10:20:00Z');
const ready = { name: 'worker-1', uid: '1' };
const down = { name: 'worker-2', uid: '2', unready: true };
const third = { ...ready, name: 'worker-3', uid: '3' };

const moveOf = (...nodes: (typeof ready | typeof down)[]): Move => ({ status: { nodes } }) as never;
const gone = new Map([['worker-3', 'it is gone']]);

test('a node that was down before the move is not waited for after it, and the record says so', () => {
  const move = moveOf(ready, down);
  expect(awaited(move)).toEqual([ready]);
  expect(backAgain(move, new Map())).toBe(
    'all 1 nodes are back, the same and ready; not waited for, since they were not ready before the move: worker-2',
  );
});

test('where all nodes were ready, all are waited for', () => {
  expect(awaited(moveOf(ready, third))).toHaveLength(2);
  expect(backAgain(moveOf(ready), new Map())).toBe('all 1 nodes are back, the same and ready');
});

test.each<[string, ReadonlyMap<string, string> | undefined, number, string]>([
  ['for a node that is gone', gone, 600, 'Waiting for nodes to come back: worker-3: it is gone'],
  ['for an API that does not answer, however long', undefined, 100_000, 'Waiting for nodes to come back: the API does not answer'],
])('it waits %s', (_title, missing, seconds, message) => {
  const { outcome, said } = nodesBack.decide({ missing, seconds, now }, moveOf(ready, third));
  expect([outcome, said.message]).toEqual(['wait', message]);
});

test('a node that stays away is named after ten minutes, and the move goes on without it: its pool must be able to replace it', () => {
  const { outcome, said, notes } = nodesBack.decide({ missing: gone, seconds: 601, now }, moveOf(ready, third));
  expect(outcome).toBe('advance');
  expect(said.message).toBe('1 of 2 nodes are back, the same and ready; not back after 600 s: worker-3: it is gone');
  expect(notes).toMatchObject({ 'evidence/13': [{ name: 'nodes', result: said.message }] });
  expect(notes?.nodes).toEqual([{ ...ready, returned: '2030-01-01T10:20:00Z' }, third]);
});
