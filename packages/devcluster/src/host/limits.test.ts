import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { raiseWatcherLimit } from './limits.ts';

const folder = mkdtempSync(join(tmpdir(), 'godwit-limits-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['a low limit is raised', '128\n', '1024\n'],
  ['a higher one is left alone', '8192\n', '8192\n'],
])('%s', (_title, before, after) => {
  const path = join(folder, 'limit');
  writeFileSync(path, before);
  raiseWatcherLimit(path);
  expect(readFileSync(path, 'utf8')).toBe(after);
});
