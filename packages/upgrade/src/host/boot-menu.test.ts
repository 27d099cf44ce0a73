import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readKernelArguments, splitArguments } from './boot-menu.ts';
import { parseEtcChanges } from './etc-changes.ts';

test.each([
  ['rw  quiet', ['rw', 'quiet']],
  ['cgroup_no_v1="all" name="two words" x=1', ['cgroup_no_v1="all"', 'name="two words"', 'x=1']],
  ['', []],
])('the line %j holds the arguments %j', (line, parts) => {
  expect(splitArguments(line)).toEqual(parts);
});

test('entries are counted from the one that boots next, whatever their files are called', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'godwit-menu-'));
  writeFileSync(join(folder, 'a.conf'), 'title A\nversion 9\noptions rw ibu=9\n');
  writeFileSync(join(folder, 'b.conf'), 'title B\nversion 10\noptions rw ibu=10\n');
  writeFileSync(join(folder, 'notes.txt'), 'no entry');
  expect(await readKernelArguments(folder, 0)).toEqual(['rw', 'ibu=10']);
  expect(await readKernelArguments(folder, 1)).toEqual(['rw', 'ibu=9']);
  await expect(readKernelArguments(folder, 2)).rejects.toThrow('has 2 entries, and none for deployment 2');
  rmSync(folder, { recursive: true });
});

test('changes of /etc are read, and a line that is none is an error', () => {
  expect(parseEtcChanges('M    machine-id\nA    pki/a b\nD    motd\n')).toEqual([
    { change: 'M', path: 'machine-id' },
    { change: 'A', path: 'pki/a b' },
    { change: 'D', path: 'motd' },
  ]);
  expect(() => parseEtcChanges('error: none\n')).toThrow('names no change');
});
