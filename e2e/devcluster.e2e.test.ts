import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { says } from './support/says.ts';

const SET = 't2';
const FOLDER = `/var/lib/godwit/${SET}`;
const PAUSE_IMAGE = 'godwit.local/pause:1'; // every node has it
const program = fileURLToPath(new URL('../packages/devcluster/bin/godwit-dev', import.meta.url));

const dev = (...words: string[]) => execa(program, [...words, '--set', SET], { reject: false, all: true, stdin: 'ignore' });

const printed = async (command: string, ...argv: string[]): Promise<string> =>
  (await execa(command, argv, { reject: false, stdin: 'ignore', stripFinalNewline: true })).stdout;

/** Everything on this machine that the set has left behind, by what it is; asked of the machine, not of the program under test. */
const leftovers = async (): Promise<Record<string, string>> => {
  const found = {
    processes: await printed('sh', '-c', `grep -lszx 'GODWIT_DEV_SET=${FOLDER}' /proc/[0-9]*/environ`),
    'network namespaces': await printed('sh', '-c', `ls /run/netns | grep '^gw\\.${SET}\\.'`),
    bridges: await printed('sh', '-c', `ip link show type bridge | grep 'alias godwit-dev ${SET}$'`),
    cgroups: await printed('find', '/sys/fs/cgroup', '-name', `gw.${SET}.*`),
    mounts: readFileSync('/proc/self/mounts', 'utf8')
      .split('\n')
      .filter((line) => line.includes(`${FOLDER}/`))
      .join('\n'),
    'loop devices': await printed('sh', '-c', `losetup --list --noheadings --output BACK-FILE | grep '^${FOLDER}/'`),
    folder: existsSync(FOLDER) ? FOLDER : '',
  };
  return Object.fromEntries(Object.entries(found).filter(([, text]) => text !== ''));
};

beforeAll(() => dev('down'));
afterAll(() => dev('down'));

test('godwit-dev up starts one cluster, on which a pod runs', async () => {
  const { exitCode, all } = await dev('up', 'gamma');
  expect(exitCode, all).toBe(0);
  const { stdout: kubeconfig } = await dev('kubeconfig', 'gamma');
  const kubectl = (...argv: string[]) =>
    printed('sh', '-c', `eval "$("$0" env --set ${SET})" && kubectl --kubeconfig="$@"`, program, kubeconfig, ...argv);
  expect(await kubectl('get', 'nodes', '-o', 'name')).toBe('node/gamma-1');
  await kubectl('wait', '--for=create', 'serviceaccount/default', '--timeout=60s');
  await kubectl('run', 'sleeper', `--image=${PAUSE_IMAGE}`, '--image-pull-policy=Never');
  expect(await kubectl('wait', '--for=condition=Ready', 'pod/sleeper', '--timeout=60s')).toBe('pod/sleeper condition met');
});

test('a running set shows in every place where leftovers are looked for', async () => {
  expect(Object.keys(await leftovers()).sort()).toEqual(
    ['bridges', 'cgroups', 'folder', 'loop devices', 'network namespaces', 'processes'].sort(),
  );
});

test('godwit-dev down leaves nothing of the set on the machine', async () => {
  const { exitCode, all } = await dev('down');
  expect(exitCode, all).toBe(0);
  expect(await leftovers()).toEqual({});
});

test('after an up that was killed in the middle, down leaves nothing either', async () => {
  const up = dev('up', 'gamma');
  await says(up, '✓ Starting MinIO');
  up.kill('SIGKILL');
  await up;
  expect(Object.keys(await leftovers())).toEqual(expect.arrayContaining(['processes', 'network namespaces', 'folder']));
  const { exitCode, all } = await dev('down');
  expect(exitCode, all).toBe(0);
  expect(await leftovers()).toEqual({});
});
