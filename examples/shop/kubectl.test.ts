import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { kubectlOf } from './kubectl.ts';

const folder = mkdtempSync(join(tmpdir(), 'shop-kubectl-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A program in kubectl's place; the first arguments name the cluster. */
const program = (name: string, script: string) => {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return kubectlOf({ program: path, kubeconfig: '/etc/kubeconfig', context: 'alpha' });
};

test('run names the cluster, hands the input over and returns the output', async () => {
  await expect(program('echo', 'echo "$@"; cat').run(['get', 'pods'], 'input')).resolves.toBe(
    '--kubeconfig /etc/kubeconfig --context alpha get pods\ninput',
  );
});

test('run says what failed and why', async () => {
  await expect(program('fail', 'echo not found >&2; exit 3').run(['get', 'pods'])).rejects.toThrow(
    'kubectl get pods ended with 3: not found',
  );
});

test('a program that is not there is an error', async () => {
  await expect(kubectlOf({ program: join(folder, 'absent'), kubeconfig: 'x' }).run(['version'])).rejects.toThrow('ENOENT');
});

test('lines yields each line, and fails after the last one when the program did', async () => {
  const seen: string[] = [];
  const reading = async () => {
    for await (const line of program('lines', 'echo one; echo two; exit 1').lines(['logs'])) seen.push(line);
  };
  await expect(reading()).rejects.toThrow('kubectl logs ended with 1');
  expect(seen).toEqual(['one', 'two']);
});

test('an abort ends a stream that goes on for ever, without an error', async () => {
  const controller = new AbortController();
  const seen: string[] = [];
  for await (const line of program('endless', 'echo first; exec tail -f /dev/null').lines(['logs'], controller.signal)) {
    seen.push(line);
    controller.abort();
  }
  expect(seen).toEqual(['first']);
});
