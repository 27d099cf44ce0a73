import { expect, test } from 'vitest';
import { createRests } from './rests.ts';

const move = (metadata: object) => ({ metadata: { generation: 1, ...metadata }, status: { phase: 'x' } }) as never;

test('a move that met an error rests until its time, whatever is written of it meanwhile, and no longer than its user wants', () => {
  let now = 0;
  const rests = createRests({ now: () => new Date(now) });
  rests.begin('a/b', move({ resourceVersion: '1' }), '10s');
  now = 4000;
  expect(rests.left('a/b', move({ resourceVersion: '2' }))).toBe('6s');
  expect(rests.left('a/b', move({ generation: 2 }))).toBeUndefined();
  expect(rests.left('a/b', move({ deletionTimestamp: 'now' }))).toBeUndefined();
  expect(rests.left('other/one', move({}))).toBeUndefined();
  now = 10_000;
  expect(rests.left('a/b', move({ resourceVersion: '2' }))).toBeUndefined();
});
