import { ConfigMap } from '@godwit/api';
import { expect, test } from 'vitest';
import { covers, isInPlace, stamped } from './in-place.ts';

test.each([
  ['the same', { a: 1 }, { a: 1 }, true],
  ['more than wanted', { a: 1, b: 2 }, { a: 1 }, true],
  ['another value', { a: 2 }, { a: 1 }, false],
  ['less than wanted', {}, { a: 1 }, false],
  ['a list with defaults in its members', { l: [{ n: 'x', d: true }] }, { l: [{ n: 'x' }] }, true],
  ['a longer list', { l: [1, 2] }, { l: [1] }, false],
  ['nothing where an empty object is wanted', {}, { emptyDir: {} }, true],
  ['nothing where nothing is wanted', {}, { a: undefined }, true],
])('%s is judged rightly', (_title, there, wanted, answer) => {
  expect(covers(there, wanted)).toBe(answer);
});

test('a field that is wanted no more is noticed, though all wanted ones are there', () => {
  const manifest = (data: Record<string, string>) =>
    stamped({ resource: ConfigMap, object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data } as never });
  const there = manifest({ a: '1', b: '2' }).object;
  expect(isInPlace(there, manifest({ a: '1', b: '2' }))).toBe(true);
  expect(isInPlace(there, manifest({ a: '1' }))).toBe(false);
  expect(isInPlace(undefined, manifest({}))).toBe(false);
});
