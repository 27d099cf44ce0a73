import { expect, test } from 'vitest';
import { mustHave } from './merge.ts';

test.each([
  ['sets a field and keeps the others', { a: 1, b: 2 }, { a: 3 }, { a: 3, b: 2 }],
  ['goes into objects', { a: { b: 1, c: 2 } }, { a: { b: 9, d: 4 } }, { a: { b: 9, c: 2, d: 4 } }],
  ['adds what a list lacks', { a: ['x'] }, { a: ['y', 'x'] }, { a: ['x', 'y'] }],
  [
    'changes the entry of the same name',
    { a: [{ name: 'x', v: 1, w: 2 }] },
    { a: [{ name: 'x', v: 5 }] },
    { a: [{ name: 'x', v: 5, w: 2 }] },
  ],
  ['knows an entry that says it all', { a: [{ k: 1, l: 2 }] }, { a: [{ k: 1 }] }, { a: [{ k: 1, l: 2 }] }],
  ['adds an entry that says something else', { a: [{ k: 1 }] }, { a: [{ k: 2 }] }, { a: [{ k: 1 }, { k: 2 }] }],
  ['puts a list in the place of a text', { a: 'x' }, { a: ['y'] }, { a: ['y'] }],
])('it %s', (_title, live, wanted, merged) => {
  expect(mustHave(live, wanted)).toEqual(merged);
});

test('a key of the prototype changes no prototype', () => {
  const merged = mustHave({}, JSON.parse('{"__proto__": {"evil": 1}}'));
  expect(JSON.stringify(merged)).toBe('{"__proto__":{"evil":1}}');
  expect(({} as { evil?: number }).evil).toBeUndefined();
});
