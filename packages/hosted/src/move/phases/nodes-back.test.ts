import { expect, test } from 'vitest';
import type { Move } from '../scope.ts';
import { awaited, backAgain } from './nodes-back.ts';

const ready = { name: 'worker-1', uid: '1' };
const down = { name: 'worker-2', uid: '2', unready: true };

const moveOf = (...nodes: (typeof ready | typeof down)[]): Move => ({ status: { nodes } }) as never;

test('a node that was down before the move is not waited for after it, and the record says so', () => {
  const waitedFor = awaited(moveOf(ready, down));
  expect(waitedFor).toEqual([ready]);
  expect(backAgain(waitedFor, [ready, down])).toBe(
    'all 1 nodes are back, the same and ready; not waited for, since they were not ready before the move: worker-2',
  );
});

test('where all nodes were ready, all are waited for', () => {
  expect(awaited(moveOf(ready, { ...ready, name: 'worker-3' }))).toHaveLength(2);
  expect(backAgain([ready], [ready])).toBe('all 1 nodes are back, the same and ready');
});
