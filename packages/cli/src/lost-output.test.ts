import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';

const program = fileURLToPath(new URL('../bin/godwit', import.meta.url));
const godwit = (line: string) =>
  execa('sh', ['-c', `"$0" ${line}`, program], { env: { KUBECONFIG: '/nonexistent' }, reject: false, stdin: 'ignore' });

test('results that a full disk does not take are an error of one line, without a stack trace', async () => {
  const { exitCode, stderr } = await godwit('--help >/dev/full');
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^error: the output could not be written \(OutputLost\): ENOSPC: [^\n]*$/);
});

test.each([
  ['--help', 0, 'Exit codes:'],
  ['plan get', 1, ''],
])('a command whose remarks a full disk does not take ends as it would have: %s', async (line, exitCode, shown) => {
  expect(await godwit(`${line} 2>/dev/full`)).toMatchObject({ exitCode, stdout: expect.stringContaining(shown) });
});
