import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, expect, test } from 'vitest';
import type { Outcome } from './outcome.ts';

const folder = mkdtempSync(join(tmpdir(), 'godwit-outcome-'));
afterAll(() => rmSync(folder, { recursive: true }));

const TESTS = `
  test('fine', () => { void Promise.reject(new Error('nobody awaits this')) });
  test('bad', () => expect(1).toBe(2));
  test.skip('later', () => {});
  describe('inside', () => {
    test('fine', () => {});
    afterAll(() => { throw new Error('cannot clean up') });
  });
`;

test('whatever a run fails for is in its outcome: a test, a clean-up, a promise that nobody awaits', async () => {
  writeFileSync(join(folder, 'some.test.js'), TESTS);
  writeFileSync(join(folder, 'vitest.config.js'), "export default { test: { name: 'some', globals: true } }");
  const reporter = fileURLToPath(new URL('outcome-reporter.ts', import.meta.url));
  const { exitCode } = await execa('vitest', ['run', `--reporter=${reporter}`], {
    cwd: folder,
    preferLocal: true,
    localDir: '.',
    reject: false,
  });
  const { failures, ...counts } = JSON.parse(readFileSync(join(folder, 'build/tests/some.json'), 'utf8')) as Outcome;
  expect({ exitCode, ...counts }).toEqual({ exitCode: 1, passed: 2, failed: 1, skipped: 1 });
  expect(failures).toEqual([
    expect.stringMatching(/^some\.test\.js: inside\n.*cannot clean up/),
    expect.stringMatching(/^some\.test\.js: bad\n.*expected 1 to be 2/),
    expect.stringMatching(/^outside of every test, while some\.test\.js ran.*\n.*nobody awaits this/),
  ]);
});
