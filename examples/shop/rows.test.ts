import { expect, test } from 'vitest';
import type { Kubectl } from './kubectl.ts';
import { compareRows, type Rows, rowHashes } from './rows.ts';

const rows = (...pairs: [string, string][]): Rows => new Map(pairs);
const printing = (...output: string[]): Kubectl => ({
  run: async () => output.join('\n'),
  async *lines() {
    yield* output;
  },
});

test.each([
  [
    'finds no difference between equal tables',
    rows(['1', 'a'], ['2', 'b']),
    rows(['2', 'b'], ['1', 'a']),
    { missing: [], changed: [], extra: [] },
  ],
  ['names a row that was lost', rows(['1', 'a'], ['2', 'b']), rows(['1', 'a']), { missing: ['2'], changed: [], extra: [] }],
  ['names a row that was altered', rows(['1', 'a']), rows(['1', 'x']), { missing: [], changed: ['1'], extra: [] }],
  ['names a row that came on top', rows(['1', 'a']), rows(['1', 'a'], ['3', 'c']), { missing: [], changed: [], extra: ['3'] }],
  ['orders ids as numbers', rows(['10', 'a'], ['9', 'b'], ['100', 'c']), rows(), { missing: ['9', '10', '100'], changed: [], extra: [] }],
  ['compares empty tables', rows(), rows(), { missing: [], changed: [], extra: [] }],
])('compareRows %s', (_title, before, after, differences) => {
  expect(compareRows(before, after)).toEqual(differences);
});

test('rowHashes reads one hash for each id', async () => {
  await expect(rowHashes(printing('1\tabc', '2\tdef', 'rows 2'))).resolves.toEqual(rows(['1', 'abc'], ['2', 'def']));
});

test('rowHashes reads an empty table', async () => {
  await expect(rowHashes(printing('rows 0'))).resolves.toEqual(rows());
});

test.each([
  ['rows are missing', ['1\tabc', 'rows 2'], 'Read 1 of 2 orders'],
  ['the end is missing', ['1\tabc'], 'Read 1 of an unknown number of orders'],
])('rowHashes refuses a stream in which %s', async (_title, output, message) => {
  await expect(rowHashes(printing(...output))).rejects.toThrow(message);
});
