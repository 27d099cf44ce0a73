import { describe, expect, test } from 'vitest';
import { ageOf, shortDuration } from './age.ts';
import { shortBytes } from './bytes.ts';
import { csvLines } from './csv.ts';
import { formatOf } from './format.ts';
import { jsonPath } from './jsonpath.ts';
import { tableLines } from './table.ts';

test.each([
  [0, '0s'],
  [59.9, '59s'],
  [60, '1m'],
  [200, '3m20s'],
  [3600, '1h'],
  [18_120, '5h2m'],
  [86_400 * 3 + 7200, '3d'],
  [-5, '0s'],
])('%d seconds are written %s', (seconds, text) => {
  expect(shortDuration(seconds)).toBe(text);
});

test('an object without a creation time has an unknown age', () => {
  expect(ageOf(undefined, new Date())).toBe('<unknown>');
  expect(ageOf('2030-01-01T00:00:00Z', new Date('2030-01-01T00:01:30Z'))).toBe('1m30s');
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1536, '1.5 KiB'],
  [200 * 1024 * 1024, '200 MiB'],
  [1.25 * 1024 ** 3, '1.3 GiB'],
])('%d bytes are written %s', (bytes, text) => {
  expect(shortBytes(bytes)).toBe(text);
});

test('a table aligns its columns, fills empty cells and ends lines without spaces', () => {
  expect(
    tableLines(
      ['NAME', 'READY', 'AGE'],
      [
        ['shop', '', '5s'],
        ['a-longer-name', 'True', ''],
      ],
    ),
  ).toEqual(['NAME            READY    AGE', 'shop            <none>   5s', 'a-longer-name   True     <none>']);
});

test('a table without headers has only rows', () => {
  expect(tableLines(['NAME'], [['shop']], { headers: false })).toEqual(['shop']);
});

test('cells with commas, quotes and line breaks are quoted in CSV', () => {
  expect(
    csvLines(
      ['A', 'B'],
      [
        ['x,y', 'say "hi"'],
        ['1\n2', 'plain'],
      ],
    ),
  ).toEqual(['A,B', '"x,y","say ""hi"""', '"1\n2",plain']);
});

describe('--output', () => {
  test.each([
    [undefined, { kind: 'table' }],
    ['wide', { kind: 'wide' }],
    ['jsonpath={.a}', { kind: 'jsonpath', path: '{.a}' }],
    ['jsonpath=.a', { kind: 'jsonpath', path: '{.a}' }],
  ])('%s', (output, format) => {
    expect(formatOf(output)).toEqual(format);
  });

  test('an unknown format is refused with the known ones', () => {
    expect(() => formatOf('xml')).toThrow('xml');
  });
});

describe('jsonpath', () => {
  const root = {
    items: [
      { metadata: { name: 'a', labels: { 'x.io/y': 'z' } }, status: { conditions: [{ type: 'Ready', status: 'True' }] } },
      {
        metadata: { name: 'b' },
        status: {
          conditions: [
            { type: 'Ready', status: 'False' },
            { type: 'Other', status: 'True' },
          ],
        },
      },
    ],
  };
  test.each([
    ['a field of every item', '{.items[*].metadata.name}', 'a b'],
    ['one item', '{.items[1].metadata.name}', 'b'],
    ['a root sign', '{$.items[0].metadata.name}', 'a'],
    ['a quoted field', "{.items[0].metadata.labels['x.io/y']}", 'z'],
    ['a filter', '{.items[*].status.conditions[?(@.type=="Ready")].status}', 'True False'],
    ['a negative filter', '{.items[1].status.conditions[?(@.type!="Ready")].type}', 'Other'],
    ['text around', 'name: {.items[0].metadata.name}!', 'name: a!'],
    ['an escaped line break', '{.items[0].metadata.name}{"\\n"}', 'a\n'],
    ['what is absent leaves nothing', '{.items[0].spec.size}', ''],
    ['an object is JSON', '{.items[0].metadata.labels}', '{"x.io/y":"z"}'],
  ])('%s', (_title, template, text) => {
    expect(jsonPath(template, root)).toBe(text);
  });

  test.each(['{.items[?bad]}', '{.items[*', '.items}'])('%s cannot be read, and is refused', (template) => {
    expect(() => jsonPath(template, root)).toThrow('cannot be read');
  });
});
