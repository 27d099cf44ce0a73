import fc from 'fast-check';
import { expect, test } from 'vitest';
import { statusPatch } from './merge-patch.ts';

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an API server does with a merge patch (RFC 7396). */
const applied = (target: unknown, patch: unknown): unknown => {
  if (!isFields(patch)) return patch;
  const result: Fields = isFields(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = applied(result[key], value);
  }
  return result;
};

test.each<[string, object | undefined, object, object | undefined]>([
  ['nothing when nothing differs', { a: 1, b: { c: [1] } }, { a: 1, b: { c: [1] } }, undefined],
  ['nothing when only undefined members differ', { a: 1 }, { a: 1, b: undefined }, undefined],
  ['only what differs', { a: 1, b: { c: 1, d: 1 } }, { a: 1, b: { c: 2, d: 1 } }, { b: { c: 2 } }],
  ['lists whole', { a: [1, 2] }, { a: [1, 3] }, { a: [1, 3] }],
  ['null for what is gone', { a: 1, b: { c: 1 } }, { b: {} }, { a: null, b: { c: null } }],
  ['null for what became undefined', { a: 1 }, { a: undefined }, { a: null }],
  ['everything when there was nothing', undefined, { a: { b: 1, c: undefined } }, { a: { b: 1 } }],
  ['an object in place of a scalar', { a: 1 }, { a: {} }, { a: {} }],
])('a status patch holds %s', (_title, before, after, patch) => {
  expect(statusPatch(before, after)).toEqual(patch);
});

test('a status patch leads from any status to any other', () => {
  const leaf = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.array(fc.integer(), { maxLength: 3 }));
  const status = fc.letrec((tie) => ({
    node: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.oneof({ maxDepth: 3 }, leaf, tie('node')), { noNullPrototype: true }),
  })).node as fc.Arbitrary<Fields>;
  fc.assert(
    fc.property(status, status, (before, after) => {
      const patch = statusPatch(before, after);
      expect(patch === undefined ? before : applied(before, patch)).toEqual(after);
    }),
  );
});
