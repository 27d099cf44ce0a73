import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { exitCodeIn, RUN_SCRIPT } from './run-script.ts';

const run = (...words: string[]) => {
  // A function stands in for the question whether the server answers.
  const script = `rsync() { return 0; }\n${RUN_SCRIPT}`;
  return spawnSync('/bin/sh', ['-c', script, 'rsync', ...words], { encoding: 'utf8' });
};

test('words reach the program one by one, whatever they hold', () => {
  const { stdout } = run('printf', '[%s]', 'a b', '$(reboot)', ';', "'");
  expect(stdout).toMatch(/^\[a b\]\[\$\(reboot\)\]\[;\]\['\]/);
});

test.each([0, 12, 24])('exit code %d is passed on and printed', (code) => {
  const { status, stdout } = run('sh', '-c', `exit ${code}`);
  expect(status).toBe(code);
  expect(exitCodeIn(stdout)).toBe(code);
});

test('a log without the last line tells no exit code', () => {
  expect(exitCodeIn('rsync error (code 12)\n')).toBeUndefined();
});
