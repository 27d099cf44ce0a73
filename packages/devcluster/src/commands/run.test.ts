import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';

const program = join(import.meta.dirname, '../../bin/godwit-dev');
const godwitDev = (...args: string[]) => execa(program, args, { reject: false, env: { GODWIT_STATE_DIR: '/nonexistent/godwit' } });

test('help is printed when asked for', async () => {
  const { exitCode, stdout } = await godwitDev('--help');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('godwit-dev up');
});

test.each([
  ['no command', [], 2, 'godwit-dev up'],
  ['an unknown command', ['start'], 2, 'There is no command start.'],
  ['an unknown flag', ['up', '--fast'], 2, "Unknown option '--fast'"],
  ['a set that does not run', ['kubeconfig', 'alpha'], 1, 'There is no set of clusters "dev". Start it: godwit-dev up --set dev'],
  ['no image to load', ['load'], 1, 'Name the image to load: godwit-dev load IMAGE.tar'],
  ['an image that is not there', ['load', 'nothing.tar'], 1, 'There is no file nothing.tar'],
  ['no word on the releases', ['release'], 1, 'Say what to do with the releases: godwit-dev release push'],
  ['releases for a set that does not run', ['release', 'push'], 1, 'There is no set of clusters "dev"'],
  ['half a log', ['logs', 'alpha'], 1, 'Name a cluster and a component'],
  ['a set id that cannot be', ['down', '--set', '../etc'], 1, 'Set id "../etc" is refused'],
])('%s is answered with an exit code and the next step', async (_title, args, code, text) => {
  const { exitCode, stderr } = await godwitDev(...args);
  expect(stderr).toContain(text);
  expect(exitCode).toBe(code);
});

test('a status without any set says how to begin', async () => {
  expect((await godwitDev('status')).stdout).toBe('Nothing runs. Start clusters: godwit-dev up');
});
