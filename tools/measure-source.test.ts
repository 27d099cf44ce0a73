import { describe, expect, test } from 'vitest';
import { measureSource, measureText } from './measure-source.ts';

const measured = (...lines: string[]) => measureText('a.ts', `${lines.join('\n')}\n`);

test('the last line break ends a line and begins none', () => {
  expect([measured('const a = 1;').lines, measured('const a = 1;', '', 'const b = 2;').lines]).toEqual([1, 3]);
});

describe('functions', () => {
  test.each([
    ['an arrow with a body', ['const twice = (n: number): number => {', '  return 2 * n;', '};'], [3]],
    ['a declaration', ['export async function start(): Promise<void> {', '  await begin();', '}'], [3]],
    ['a method', ['  close() {', '    end();', '  },'], [3]],
    ['an arrow whose parameters take several lines', ['const add = (', '  a: number,', '): number => {', '  return a;', '};'], [3]],
    ['one function inside another', ['const outer = () => {', '  each(() => {', '    work();', '  });', '};'], [5, 3]],
    ['an arrow without a body', ['const twice = (n: number) => 2 * n;'], []],
    ['a condition', ['if (ready()) {', '  go();', '}'], []],
    ['a loop', ['for (const each of list()) {', '  go(each);', '}'], []],
    ['a guarded block', ['try {', '  go();', '} catch (fault) {', '  stop(fault);', '}'], []],
    ['an object', ['const facts = {', '  ready: true,', '};'], []],
  ])('%s', (_title, lines, sizes) => {
    expect(measured(...lines).functions.map((each) => each.lines)).toEqual(sizes);
  });

  test('are named by the line where they begin', () => {
    expect(measured('', 'const go = () => {', '  run();', '};').functions).toEqual([{ name: 'a.ts:2', lines: 3 }]);
  });

  test('an empty line ends none', () => {
    expect(measured('const go = () => {', '  one();', '', '  two();', '};').functions[0]?.lines).toBe(5);
  });
});

describe('documentation', () => {
  test.each([
    ['a value', ['export const a = 1;'], ['a.ts: a']],
    ['a type', ['export type A = string;'], ['a.ts: A']],
    ['a function', ['export async function go() {', '}'], ['a.ts: go']],
    ['a documented value', ['/** One. */', 'export const a = 1;'], []],
    ['a value with a longer comment', ['/**', ' * One.', ' */', 'export const a = 1;'], []],
    ['a value whose comment is not the line before', ['/** One. */', '', 'export const a = 1;'], ['a.ts: a']],
    ['a value under a line comment', ['// one', 'export const a = 1;'], ['a.ts: a']],
    ['what is not exported', ['const a = 1;'], []],
    ['what is passed on', ["export { a } from './a.ts';"], []],
  ])('is missing or not for %s', (_title, lines, undocumented) => {
    expect(measured(...lines).undocumented).toEqual(undocumented);
  });

  test.each([
    ['packages/migration/src/run/reasons.ts', []],
    ['reasons.ts', []],
    ['packages/migration/src/run/walk-reasons.ts', ['packages/migration/src/run/walk-reasons.ts: Done']],
  ])('of a reason is what it says: %s', (path, undocumented) => {
    expect(measureText(path, "export const Done = reason('Done', () => 'Done');\n").undocumented).toEqual(undocumented);
  });
});

test('a file is measured as it lies on disk', () => {
  const { lines, undocumented } = measureSource('tools/measure-source.ts');
  expect(lines).toBeGreaterThan(20);
  expect(undocumented).toEqual([]);
});
