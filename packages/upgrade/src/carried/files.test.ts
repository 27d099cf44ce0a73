import { linkSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { replaceFile } from '../journal/journal-file.ts';
import { writeText } from './files.ts';

test.each([
  ['symbolic', symlinkSync],
  ['hard', linkSync],
])('a %s link in the way of a file that is written is replaced, not followed', async (_title, link) => {
  const folder = mkdtempSync(join(tmpdir(), 'godwit-files-'));
  const victim = join(folder, 'victim');
  writeFileSync(victim, 'precious');
  for (const name of ['written.new', 'written', 'replaced.new', 'replaced']) link(victim, join(folder, name));
  await writeText(join(folder, 'written'), 'ours');
  await replaceFile(join(folder, 'replaced'), 'ours');
  expect(readFileSync(victim, 'utf8')).toBe('precious');
  expect(['written', 'replaced'].map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['ours', 'ours']);
});
