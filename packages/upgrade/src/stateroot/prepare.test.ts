import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectPrepared, prepareRoom, VERSION } from '../../test/prepare-room.ts';
import type { HostDriver } from '../host/driver.ts';
import { type Run, runHere } from '../host/run.ts';
import { readJournal } from '../journal/journal-file.ts';
import type { StepProgress } from '../journal/walk-steps.ts';
import { prepareStateroot, staterootJournal, staterootSteps } from './prepare.ts';

const room = prepareRoom();
const { signal } = new AbortController();

test('a release is installed beside the running one, told step by step, and found done when asked for again', async () => {
  const { image, checksum, digest } = await room.push('plain');
  const told: StepProgress[] = [];
  const facts = await prepareStateroot(room.worldOf(image), { signal, progress: (each) => told.push(each) });
  expect(facts).toMatchObject({ seed: { digest }, deployment: { stateroot: 'rhcos_4.21.0', checksum } });
  await expectPrepared(room, checksum);
  expect([...new Set(told.map(({ step }) => step))]).toEqual(staterootSteps.map(({ name }) => name));
  expect(told.findLast(({ step }) => step === 'pull-seed')?.bytes).toEqual({ done: facts.seed.bytes, total: facts.seed.bytes });

  const path = staterootJournal(room.host.root, VERSION);
  const journal = await readJournal(path);
  expect(journal?.steps.map(({ name, attempts, failure }) => ({ name, attempts, failure }))).toEqual(
    staterootSteps.map(({ name }) => ({ name, attempts: 1, failure: undefined })),
  );
  expect(journal?.steps.every(({ startedAt, completedAt, undo }) => startedAt && completedAt && undo)).toBe(true);

  const before = readFileSync(path, 'utf8');
  expect(await prepareStateroot(room.worldOf(image), { signal })).toEqual(facts);
  expect(readFileSync(path, 'utf8')).toBe(before);
  await expectPrepared(room, checksum);
});

test('T64 a stateroot that is there already, with or without our journal, is taken over', async () => {
  const { image, checksum } = await room.push('again');
  await prepareStateroot(room.worldOf(image), { signal });
  rmSync(staterootJournal(room.host.root, VERSION));
  await prepareStateroot(room.worldOf(image), { signal });
  await expectPrepared(room, checksum);
});

test('a release that was taken away is installed anew, although the journal says it is there', async () => {
  const { image, checksum } = await room.push('anew');
  const { deployment } = await prepareStateroot(room.worldOf(image), { signal });
  await room.host.undeploy(deployment);
  await room.host.removeStateroot(deployment.stateroot);
  await room.host.prune();
  await prepareStateroot(room.worldOf(image), { signal });
  await expectPrepared(room, checksum);
});

test('another commit that an earlier attempt left under the same version goes', async () => {
  const first = await room.push('first', { kernelArguments: ['first'], images: ['quay.io/lab/other:1'] });
  await prepareStateroot(room.worldOf(first.image), { signal });
  writeFileSync(join(room.host.staterootPath('rhcos_4.21.0'), 'var/lib/left-over'), 'x');
  const [, old] = await room.host.listDeployments();
  if (old === undefined) throw new Error('nothing was prepared');
  const other = await room.push('second', { extra: { 'unused.txt': '' }, treeFiles: { 'usr/lib/more': 'more' } });
  expect(other.checksum).not.toBe(first.checksum);
  await prepareStateroot(room.worldOf(other.image), { signal });
  await expectPrepared(room, other.checksum);
  expect(existsSync(join(room.host.staterootPath('rhcos_4.21.0'), 'var/lib/left-over'))).toBe(false);
});

const watched =
  (run: Run, seen: (argv: readonly string[]) => void): Run =>
  (argv, options) => {
    seen(argv);
    return run(argv, options);
  };

test('a password that is missing, a version that differs and an image that is missing each end it with a sentence', async () => {
  const { image } = await room.push('claims', { claimed: '4.22.0' });
  await expect(prepareStateroot(room.worldOf(image), { signal })).rejects.toThrow(
    'version specified in seed image (4.22.0) differs from version in spec (4.21.0)',
  );
  const none = room.nameOf('none');
  await expect(prepareStateroot(room.worldOf(none), { signal })).rejects.toThrow(/The seed image .*none:1 cannot be read/);
  expect((await readJournal(staterootJournal(room.host.root, VERSION)))?.steps).toMatchObject(
    [{ name: 'resolve-seed', failure: /none:1/ }].map((each) => ({ ...each, failure: expect.stringMatching(each.failure) })),
  );
  expect(await room.host.listDeployments()).toHaveLength(1);
});

test('a disk that is too small is named before a byte is pulled', async () => {
  const { image } = await room.push('large');
  const commands: string[] = [];
  const small: HostDriver = { ...room.host, freeSpace: async () => ({ total: 5000, free: 4000 }) };
  const world = room.worldOf(image, { host: small, run: watched(runHere, (argv) => commands.push(argv.join(' '))) });
  await expect(prepareStateroot(world, { signal })).rejects.toThrow(/not enough space for the seed image: it takes .* × 2\.2/);
  expect(commands.filter((each) => each.includes(' copy '))).toEqual([]);
});

test('a cancelled run ends its program, and goes on another time', async () => {
  const { image, checksum } = await room.push('cancelled');
  const cancelling = new AbortController();
  const run = watched(runHere, (argv) => {
    if (argv.includes('copy')) cancelling.abort(new Error('the stage was set to Idle'));
  });
  await expect(prepareStateroot(room.worldOf(image, { run }), { signal: cancelling.signal })).rejects.toThrow();
  await prepareStateroot(room.worldOf(image), { signal });
  await expectPrepared(room, checksum);
});

test('a name that was resolved before is not resolved again', async () => {
  const { image, checksum, digest } = await room.push('resolved');
  await room.push('resolved', { treeFiles: { 'usr/lib/other': 'other' } });
  const world = room.worldOf(image);
  const facts = await prepareStateroot({ ...world, request: { ...world.request, digest } }, { signal });
  expect(facts).toMatchObject({ seed: { digest }, deployment: { checksum } });
});

test('a seed that brings files out of place is refused, and nothing is written there', async () => {
  const outside = join(room.folder, 'outside');
  const hostile = await hostileArchive('../../../../../../outside');
  const { image } = await room.push('hostile', { archives: { 'etc.tgz': hostile } });
  await expect(prepareStateroot(room.worldOf(image), { signal })).rejects.toThrow(/'\.\.'|etc/);
  expect(existsSync(outside)).toBe(false);
});

test('a seed whose /var would lead keys of the cluster into the running release is refused', async () => {
  const image = await imageWithVar('mkdir var && ln -s ../../../../.godwit/root/var/lib var/opt');
  await expect(prepareStateroot(room.worldOf(image), { signal })).rejects.toThrow('The seed’s /var/opt is a symbolic link');
  expect(readdirSync(join(room.host.root, 'var/lib'))).not.toContain('openshift');
});

/** A seed with a /var that a shell script makes. */
const imageWithVar = async (script: string): Promise<string> => {
  const work = mkdtempSync(join(tmpdir(), 'godwit-var-'));
  await runHere(['sh', '-c', `cd "$1" && ${script} && tar czf var.tgz var`, 'sh', work]);
  return (await room.push('hostile-var', { archives: { 'var.tgz': readFileSync(join(work, 'var.tgz')) } })).image;
};

const hostileArchive = async (name: string): Promise<Buffer> => {
  const work = mkdtempSync(join(tmpdir(), 'godwit-hostile-'));
  await runHere([
    'sh',
    '-c',
    'cd "$1" && mkdir etc && echo x >etc/x && tar czPf x.tgz --transform="s|etc/x|etc/$2|" etc',
    'sh',
    work,
    name,
  ]);
  return readFileSync(join(work, 'x.tgz'));
};
