import { expect, test } from 'vitest';
import { attempt, CommandError, run } from './run.ts';

test('what a program prints is returned', async () => {
  expect(await run(['cat'], { input: 'text' })).toBe('text');
});

test('a failure names the command, its exit code and its last words', async () => {
  const failure = run(['/bin/sh', '-c', 'echo no room >&2; exit 3']);
  await expect(failure).rejects.toThrow(CommandError);
  await expect(failure).rejects.toThrow(/failed with exit code 3: no room/);
});

test('a missing program is named', async () => {
  await expect(run(['no-such-program'])).rejects.toThrow(/no-such-program failed/);
});

test('an attempt may fail', async () => {
  expect(await attempt(['true'])).toBe(true);
  expect(await attempt(['false'])).toBe(false);
});
