import { expect, test } from 'vitest';
import { documentsOf } from './documents.ts';

const only = (text: string) => documentsOf(text).manifests[0] as unknown as { spec: unknown };
const of = (spec: string) => only(`{apiVersion: v1, kind: A, metadata: {name: a}, spec: ${spec}}`).spec;

test.each([
  ['octal numbers', '{mode: 0644}', { mode: 420 }],
  ['words for true and false', '{a: yes, b: off}', { a: true, b: false }],
  ['times as texts', '{a: 2030-01-01, b: 12:30:45}', { a: '2030-01-01', b: '12:30:45' }],
  ['texts in quotes', '{a: "yes", b: "0644"}', { a: 'yes', b: '0644' }],
])('it reads %s as kubectl does', (_title, text, value) => {
  expect(of(text)).toEqual(value);
});

test('several documents are read in order, and empty ones left out', () => {
  const text = '---\n# nothing\n---\napiVersion: v1\nkind: A\n---\n{"apiVersion": "v1", "kind": "B"}\n---\n';
  expect(documentsOf(text).manifests.map(({ kind }) => kind)).toEqual(['A', 'B']);
});

test.each([
  ['broken YAML', 'apiVersion: v1\nkind: [A\n', /.+/],
  ['a text', 'just words', /an object is expected, this is a string/],
  ['a list', '- a', /this is a list/],
  ['no kind', 'apiVersion: v1', /Object 'Kind' is missing/],
  ['no apiVersion', 'kind: A', /Object 'apiVersion' is missing/],
  ['a name that is a number', 'apiVersion: v1\nkind: A\nmetadata: {name: 7}', /metadata.name is not a text/],
  ['annotations that are a list', 'apiVersion: v1\nkind: A\nmetadata: {annotations: [a]}', /metadata.annotations is not an object/],
  ['a key that stands twice', 'apiVersion: v1\nkind: A\nkind: B', /unique/i],
])('%s is no manifest', (_title, text, why) => {
  const { manifests, problem } = documentsOf(text);
  expect(manifests).toEqual([]);
  expect(problem).toMatch(why);
});

test('a small text that unfolds into a huge one is refused', () => {
  const levels = [...'bcdefghi'].map((letter, at) => `${letter}: &${letter} [${Array(9).fill(`*${'abcdefgh'[at]}`)}]`);
  const { problem } = documentsOf(['apiVersion: v1', 'kind: A', 'a: &a [x,x,x,x,x,x,x,x,x]', ...levels].join('\n'));
  expect(problem).toContain('alias');
});

test('what stands before the fault is kept, and a key of the prototype stays a key', () => {
  const { manifests, problem } = documentsOf('apiVersion: v1\nkind: A\nspec: {__proto__: {evil: 1}}\n---\nkind: B\n');
  expect(manifests.map(({ kind }) => kind)).toEqual(['A']);
  expect(problem).toBeDefined();
  expect(JSON.stringify(manifests[0])).toContain('"__proto__":{"evil":1}');
  expect(({} as { evil?: number }).evil).toBeUndefined();
});
