import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@godwit/controller';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PrepareOrder } from '../../test/prepare-once.ts';
import { startTestRegistry, type TestRegistry } from '../../test/registry.ts';
import { pushTinySeed, type TinySeed } from '../../test/seed.ts';
import { bootEntries, newSysroot, removeSysroot } from '../../test/sysroot.ts';
import type { HostDriver } from '../host/driver.ts';
import { type Run, runHere } from '../host/run.ts';
import { sysrootDriver } from '../host/sysroot.ts';
import { readJournal } from '../journal/journal-file.ts';
import type { StepProgress } from '../journal/walk-steps.ts';
import { prepareStateroot, staterootJournal, staterootSteps } from './prepare.ts';
import type { StaterootRequest, StaterootWorld } from './world.ts';

const VERSION = '4.21.0';
const CHILD = fileURLToPath(new URL('../../test/prepare-once.ts', import.meta.url));

let registry: TestRegistry;
let folder = '';
let host: HostDriver;

beforeAll(async () => {
  registry = await startTestRegistry();
});
afterAll(() => registry.stop());
beforeEach(async () => {
  folder = await newSysroot();
  host = sysrootDriver(folder);
  await host.reboot('test');
});
afterEach(() => removeSysroot(folder));

const retained = [
  { name: 'ca.key', from: 'var/lib/kubernetes/pki/ca.key' },
  { name: 'absent.key', from: 'var/lib/kubernetes/pki/absent.key' },
];
const requestOf = (image: string, version = VERSION): StaterootRequest => ({
  image,
  version,
  autoRollback: { timeoutSeconds: 300, initMonitor: true, postRebootConfig: true },
  retained,
});
const worldOf = (request: StaterootRequest, more: Partial<StaterootWorld> = {}): StaterootWorld => ({
  host,
  run: runHere,
  clock: systemClock,
  access: registry.access,
  request,
  ...more,
});
const signal = new AbortController().signal;
const pushed = async (name: string, seed?: TinySeed) => {
  const image = `${registry.host}/lab/${name}:1`;
  return { image, ...(await pushTinySeed(image, registry.access, seed)) };
};

/** One stateroot with one deployment, filled as the seed says, and no trace of the work. */
const expectPrepared = async (checksum: string): Promise<void> => {
  const list = await host.listDeployments();
  expect(list.map(({ stateroot, checksum, booted }) => ({ stateroot, checksum, booted }))).toEqual([
    { stateroot: 'rhcos', checksum: expect.any(String), booted: true },
    { stateroot: 'rhcos_4.21.0', checksum, booted: false },
  ]);
  expect(readdirSync(join(folder, 'ostree/deploy')).sort()).toEqual(['rhcos', 'rhcos_4.21.0']);
  const [, deployment] = list;
  if (deployment === undefined) return;
  const name = `${checksum}.${deployment.serial}`;
  expect(readdirSync(join(folder, 'ostree/deploy/rhcos_4.21.0/deploy')).sort()).toEqual([name, `${name}.origin`]);
  const read = (path: string): string => readFileSync(path, 'utf8');
  const [etc, its] = [join(host.deploymentPath(deployment), 'etc'), join(host.staterootPath('rhcos_4.21.0'), 'var')];
  expect(read(host.originPath(deployment))).toBe('[origin]\nrefspec=fleet:stable\n');
  expect(read(join(etc, 'from-seed'))).toBe('here\n');
  expect(existsSync(join(etc, 'motd'))).toBe(false);
  expect(read(join(its, 'lib/from-seed'))).toBe('seed');
  expect(existsSync(join(its, 'log/secret.log'))).toBe(false);
  expect(JSON.parse(read(join(its, 'lib/lca/autorollback_config.json')))).toMatchObject({ monitor_enabled: true, monitor_timeout: 300 });
  expect(readdirSync(join(its, 'opt/openshift/kubeconfig-crypto'))).toEqual(['ca.key']);
  expect(statSync(join(its, 'opt/openshift/kubeconfig-crypto/ca.key')).mode & 0o777).toBe(0o600);
  expect(read(join(host.root, 'var/tmp/containers.list'))).toBe('quay.io/lab/a:1\nquay.io/lab/b:1\n');
  expect(JSON.parse(read(join(host.root, 'var/tmp/manifest.json')))).toMatchObject({ seed_cluster_ocp_version: VERSION });
  expect(readdirSync(join(host.root, 'var/lib/lca/workspace'))).toEqual([]);
  expect(bootEntries(folder)).toMatchObject([
    { stateroot: 'rhcos' },
    { stateroot: 'rhcos_4.21.0', options: expect.stringMatching(/^tsc=nowatchdog cgroup_no_v1="all" ibu=4\.21\.0 ostree=/) },
  ]);
};

const writeOwnKey = (): void => {
  mkdirSync(join(host.root, 'var/lib/kubernetes/pki'), { recursive: true });
  writeFileSync(join(host.root, 'var/lib/kubernetes/pki/ca.key'), 'our key');
};

test('a release is installed beside the running one, told step by step, and found done when asked for again', async () => {
  writeOwnKey();
  const { image, checksum, digest } = await pushed('plain');
  const told: StepProgress[] = [];
  const facts = await prepareStateroot(worldOf(requestOf(image)), { signal, progress: (each) => told.push(each) });
  expect(facts).toMatchObject({ seed: { digest }, deployment: { stateroot: 'rhcos_4.21.0', checksum } });
  await expectPrepared(checksum);
  expect([...new Set(told.map(({ step }) => step))]).toEqual(staterootSteps.map(({ name }) => name));
  expect(told.findLast(({ step }) => step === 'pull-seed')?.bytes).toEqual({ done: facts.seed.bytes, total: facts.seed.bytes });

  const path = staterootJournal(host.root, VERSION);
  const journal = await readJournal(path);
  expect(journal?.steps.map(({ name, attempts, failure }) => ({ name, attempts, failure }))).toEqual(
    staterootSteps.map(({ name }) => ({ name, attempts: 1, failure: undefined })),
  );
  expect(journal?.steps.every(({ startedAt, completedAt, undo }) => startedAt && completedAt && undo)).toBe(true);

  const before = readFileSync(path, 'utf8');
  expect(await prepareStateroot(worldOf(requestOf(image)), { signal })).toEqual(facts);
  expect(readFileSync(path, 'utf8')).toBe(before);
  await expectPrepared(checksum);
});

test('a stateroot that is there already, with or without our journal, is taken over', async () => {
  writeOwnKey();
  const { image, checksum } = await pushed('again');
  await prepareStateroot(worldOf(requestOf(image)), { signal });
  rmSync(staterootJournal(host.root, VERSION));
  await prepareStateroot(worldOf(requestOf(image)), { signal });
  await expectPrepared(checksum);
});

test('a release that was taken away is installed anew, although the journal says it is there', async () => {
  writeOwnKey();
  const { image, checksum } = await pushed('anew');
  const { deployment } = await prepareStateroot(worldOf(requestOf(image)), { signal });
  await host.undeploy(deployment);
  await host.removeStateroot(deployment.stateroot);
  await host.prune();
  await prepareStateroot(worldOf(requestOf(image)), { signal });
  await expectPrepared(checksum);
});

test('another commit that an earlier attempt left under the same version goes', async () => {
  writeOwnKey();
  const first = await pushed('first', { kernelArguments: ['first'], images: ['quay.io/lab/other:1'] });
  await prepareStateroot(worldOf(requestOf(first.image)), { signal });
  writeFileSync(join(host.staterootPath('rhcos_4.21.0'), 'var/lib/left-over'), 'x');
  const [, old] = await host.listDeployments();
  if (old === undefined) throw new Error('nothing was prepared');
  const other = await pushed('second', { extra: { 'unused.txt': '' }, treeFiles: { 'usr/lib/more': 'more' } });
  expect(other.checksum).not.toBe(first.checksum);
  await prepareStateroot(worldOf(requestOf(other.image)), { signal });
  await expectPrepared(other.checksum);
  expect(existsSync(join(host.staterootPath('rhcos_4.21.0'), 'var/lib/left-over'))).toBe(false);
});

const prepareOnce = async (order: PrepareOrder): Promise<string | number> => {
  const child = spawn(process.execPath, [CHILD], { stdio: ['pipe', 'ignore', 'pipe'], detached: true });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  child.stdin.end(JSON.stringify(order));
  const [code, ending] = (await once(child, 'exit')) as [number | null, string | null];
  if (code !== null && code !== 0) throw new Error(said);
  return ending ?? 0;
};

test('killed between each two steps, it goes on and ends with one stateroot and one deployment', { timeout: 300_000 }, async () => {
  writeOwnKey();
  const { image, checksum } = await pushed('killed');
  // Each process begins the step that its forerunner began, completes it, and dies when it has begun the next one.
  const order: PrepareOrder = { folder, access: registry.access, request: requestOf(image), kill: { write: 3 } };
  let kills = 0;
  while ((await prepareOnce(order)) === 'SIGKILL') kills += 1;
  expect(kills).toBe(staterootSteps.length);
  await expectPrepared(checksum);
});

test('killed in the midst of pulling, unpacking, deploying and filling, with all its programs, it goes on', {
  timeout: 300_000,
}, async () => {
  writeOwnKey();
  const { image, checksum } = await pushed('midst');
  for (const step of ['pull-seed', 'unpack-repository', 'pull-commit', 'init-stateroot', 'deploy', 'fill-etc'])
    await prepareOnce({ folder, access: registry.access, request: requestOf(image), kill: { step, milliseconds: 15 } });
  await prepareStateroot(worldOf(requestOf(image)), { signal });
  await expectPrepared(checksum);
});

const watched =
  (run: Run, seen: (argv: readonly string[]) => void): Run =>
  (argv, options) => {
    seen(argv);
    return run(argv, options);
  };

test('a password that is missing, a version that differs and an image that is missing each end it with a sentence', async () => {
  const { image } = await pushed('claims', { claimed: '4.22.0' });
  await expect(prepareStateroot(worldOf(requestOf(image)), { signal })).rejects.toThrow(
    'version specified in seed image (4.22.0) differs from version in spec (4.21.0)',
  );
  const none = `${registry.host}/lab/none:1`;
  await expect(prepareStateroot(worldOf(requestOf(none)), { signal })).rejects.toThrow(/The seed image .*none:1 cannot be read/);
  expect((await readJournal(staterootJournal(host.root, VERSION)))?.steps).toMatchObject(
    [{ name: 'resolve-seed', failure: /none:1/ }].map((each) => ({ ...each, failure: expect.stringMatching(each.failure) })),
  );
  expect(await host.listDeployments()).toHaveLength(1);
});

test('a disk that is too small is named before a byte is pulled', async () => {
  const { image } = await pushed('large');
  const commands: string[] = [];
  const small: HostDriver = { ...host, freeSpace: async () => ({ total: 5000, free: 4000 }) };
  const world = worldOf(requestOf(image), { host: small, run: watched(runHere, (argv) => commands.push(argv.join(' '))) });
  await expect(prepareStateroot(world, { signal })).rejects.toThrow(/not enough space for the seed image: it takes .* × 2\.2/);
  expect(commands.filter((each) => each.includes(' copy '))).toEqual([]);
});

test('a cancelled run ends its program, and goes on another time', async () => {
  writeOwnKey();
  const { image, checksum } = await pushed('cancelled');
  const cancelling = new AbortController();
  const run = watched(runHere, (argv) => {
    if (argv.includes('copy')) cancelling.abort(new Error('the stage was set to Idle'));
  });
  await expect(prepareStateroot(worldOf(requestOf(image), { run }), { signal: cancelling.signal })).rejects.toThrow();
  await prepareStateroot(worldOf(requestOf(image)), { signal });
  await expectPrepared(checksum);
});
