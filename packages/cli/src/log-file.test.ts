import { mkdirSync, mkdtempSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { logInto } from './log-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'godwit-log-'));

test('lines go to the file, which nobody else may read', async () => {
  const file = join(folder, 'a', 'b', 'plan.log');
  logInto(file, () => {}).info({ one: 1 }, 'Hello');
  await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toContain('"message":"Hello"'));
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test.each([
  ['the disk is full', 'ENOSPC', (file: string) => symlinkSync('/dev/full', file)],
  ['its name is taken', 'EISDIR', (file: string) => mkdirSync(file)],
])('a log that cannot be written because %s is told once and stops nothing', async (_title, code, prepare) => {
  const file = join(folder, `${code}.log`);
  prepare(file);
  const tell = vi.fn();
  const log = logInto(file, tell);
  log.info({}, 'first');
  await vi.waitFor(() =>
    expect(tell).toHaveBeenCalledWith(expect.stringMatching(`^warning: the log ${file} ends here: ${code}.*goes on$`)),
  );
  log.info({}, 'second');
  expect(tell).toHaveBeenCalledTimes(1);
});
