import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fakeClock } from '@godwit/testkit';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { hostDouble } from '../controller/host-double.fixture.ts';
import { CommandFailed, type Run, runHere } from '../host/run.ts';
import { keepEvidence } from './evidence.ts';

const failing = (free = 1e9) => {
  const host = hostDouble('*new', 'old');
  host.freeSpace = async () => ({ total: 1e9, free });
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(host.root, path)), { recursive: true });
    writeFileSync(join(host.root, path), text);
  };
  write('var/log/units/kubelet.log', 'the kubelet says\n');
  write('var/log/pods/a/0.log', 'x'.repeat(5000));
  const folder = join(host.staterootPath('old'), 'var/lib/lca/evidence');
  const clock = fakeClock('2030-01-01T10:00:00Z');
  const keep = (run: Run = runHere) =>
    keepEvidence({ host, run, clock, texts: { 'reason.txt': 'why' }, signal: new AbortController().signal }, 'old');
  return { host, clock, folder, keep, bundles: () => readdirSync(folder).sort() };
};

/** A tar that has written something when it ends with this exit code. */
const ending =
  (code: number): Run =>
  async (argv) => {
    const draft = argv.find((each) => each.startsWith('--file='))?.slice('--file='.length) ?? '';
    writeFileSync(draft, 'half');
    throw new CommandFailed(argv, `failed with exit code ${code}`, 'it says why', code);
  };

const listed = async (path: string): Promise<string[]> =>
  (await execa('tar', ['--list', '--file', path])).stdout.split('\n').filter((name) => !name.endsWith('/'));

test('G-I17 a bundle holds texts and logs, and nothing else is left of making it', async () => {
  const { bundles, host, keep } = failing();
  expect(await listed(await keep())).toEqual([
    'var/lib/lca/evidence-texts/reason.txt',
    'var/log/units/kubelet.log',
    'var/log/pods/a/0.log',
  ]);
  expect(bundles()).toEqual(['2030-01-01T10-00-00-000Z-new.tar.gz']);
  expect(readdirSync(join(host.root, 'var/lib/lca'))).toEqual([]);
});

test('what takes more than half of the free space is left out; without any space there is no bundle', async () => {
  expect(await listed(await failing(6000).keep())).toEqual(['var/lib/lca/evidence-texts/reason.txt', 'var/log/units/kubelet.log']);
  const { bundles, keep } = failing(0);
  await expect(keep()).rejects.toThrow('has no space for evidence');
  expect(bundles()).toEqual([]);
});

test('a bundle that was broken off is removed, also one of a process that was killed', async () => {
  const { bundles, folder, keep } = failing();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'killed.tar.gz.partial'), 'half');
  await expect(keep(ending(2))).rejects.toThrow('tar');
  expect(bundles()).toEqual([]);
});

test('a log that grows while it is read breaks no bundle', async () => {
  const { bundles, keep } = failing();
  await keep(ending(1));
  expect(bundles()).toHaveLength(1);
});

test('the newest three bundles stay', async () => {
  const { bundles, clock, keep } = failing();
  for (let time = 0; time < 5; time += 1) {
    await keep();
    await clock.advance(5);
  }
  expect(bundles().map((name) => name.slice(17, 19))).toEqual(['10', '15', '20']);
});
