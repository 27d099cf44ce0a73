import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority, issueCertificate } from '@godwit/controller';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { runningEtcd } from '../../../test/etcd-here.ts';
import { runHere, toolFolder } from '../../../test/run-here.ts';
import { type Answer, answers, type SnapshotServer, serveSnapshot } from '../../../test/snapshot-server.ts';
import { ETCD_INIT_SCRIPT } from './etcd-init-script.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let tools: string;
let body: Buffer;
let server: SnapshotServer;
let folder: string;
const folders: string[] = [];

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

beforeAll(async () => {
  tools = await toolFolder();
  const source = await runningEtcd(1);
  await source.ctl('put', '/registry/leases/x', 'y'.repeat(1000));
  await source.ctl('snapshot', 'save', join(source.folder, 's.db'));
  body = await readFile(join(source.folder, 's.db'));
  await source.remove();
  server = await serveSnapshot(body);
});
afterAll(async () => {
  await server?.close();
  await Promise.all(folders.map((each) => rm(each, { recursive: true, force: true })));
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'godwit-etcd-init-'));
  folders.push(folder);
  await mkdir(join(folder, 'backup'));
  server.answer = answers.right;
  server.requests = 0;
});

const init = async (env: Record<string, string> = {}, changes: { trust?: string; downloads?: string; patience?: number } = {}) => {
  const { trust = join(folder, 'absent'), downloads = join(folder, 'backup'), patience = 60 } = changes;
  const words = ['etcd-init', folder, downloads, join(folder, 'termination-log'), trust, String(patience)];
  const result = await runHere(tools, ['/bin/sh', '-c', ETCD_INIT_SCRIPT, ...words], {
    env: {
      RESTORE_URL_ETCD: `${server.url}/bucket/s.db?X-Amz-Signature=secret`,
      POD_NAME: 'etcd-0',
      INITIAL_CLUSTER: 'etcd-0=http://127.0.0.1:2380',
      INITIAL_CLUSTER_TOKEN: 'etcd-cluster',
      ...env,
    },
  });
  return { ...result, reason: await readFile(join(folder, 'termination-log'), 'utf8').catch(() => '') };
};

test('a snapshot becomes the data directory, with the contract of log lines and a marker', async () => {
  const { exitCode, stdout, stderr } = await init({ RESTORE_SHA256: sha256(body) });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout.split('\n').filter(Boolean)).toEqual(['restoring snapshot', 'restored snapshot']);
  expect(await readdir(join(folder, 'data', 'member'))).toEqual(['snap', 'wal']);
  expect((await readFile(join(folder, 'restored-from'), 'utf8')).split('\n')[0]).toBe(sha256(body));
  expect(await readdir(join(folder, 'backup'))).toEqual([]);
  expect((await readdir(folder)).sort()).toEqual(['backup', 'data', 'restored-from']);
});

test.each<[string, Answer, string, RegExp]>([
  ['403 with XML', answers.forbidden, 'SnapshotDownloadFailed', /status HTTP 403 \(AccessDenied\): Request has expired/],
  ['404 with HTML', answers.missing, 'SnapshotDownloadFailed', /status HTTP 404/],
  ['200 with HTML', answers.page, 'SnapshotCorrupt', /\(size\).*web page/],
  ['200 with XML', answers.xml, 'SnapshotCorrupt', /\(size\).*XML/],
  ['an empty body', answers.empty, 'SnapshotCorrupt', /\(size\).*empty/],
  ['a body cut on its way', answers.cut, 'SnapshotCorrupt', /\(size\).*bytes arrived/],
  ['a cut object', answers.short, 'SnapshotCorrupt', /\(size\).*whole pages/],
  ['an object cut at a page', answers.shortPages, 'SnapshotCorrupt', /\(trailer\)/],
  ['one changed bit', answers.flipped, 'SnapshotCorrupt', /\(trailer\)/],
])('T67 %s is refused before the data directory is touched', async (_title, answer, reason, message) => {
  server.answer = answer;
  await mkdir(join(folder, 'data'));
  const result = await init();
  expect(result.exitCode).toBe(1);
  expect(result.reason).toMatch(new RegExp(`^${reason}: `));
  expect(result.reason).toMatch(message);
  expect(result.reason + result.stdout + result.stderr).not.toContain('X-Amz-Signature');
  expect((await readdir(folder)).sort()).toEqual(['backup', 'data', 'termination-log']);
  expect(await readdir(join(folder, 'data'))).toEqual([]);
  expect(await readdir(join(folder, 'backup'))).toEqual([]);
});

test('T67 a whole snapshot that is not the recorded one is refused by its hash', async () => {
  const { reason } = await init({ RESTORE_SHA256: sha256(Buffer.from('another')) });
  expect(reason).toMatch(/^SnapshotCorrupt: .*\(hash\).*recorded was/);
});

test('T67 a store that falls silent is given up', async () => {
  server.answer = answers.silent;
  const { reason } = await init({}, { patience: 1 });
  expect(reason).toMatch(/^SnapshotDownloadFailed: .*nothing arrived/);
});

test('an address where nobody listens is said so', async () => {
  const { reason } = await init({ RESTORE_URL_ETCD: 'http://127.0.0.1:1/s.db?X-Amz-Signature=secret' });
  expect(reason).toMatch(/^SnapshotDownloadFailed: .*http:\/\/127\.0\.0\.1:1\/s\.db could not be fetched/);
});

test.each([
  ['nothing says what it came from', undefined],
  ['it came from another snapshot', `${'0'.repeat(64)}\n${'0'.repeat(64)}\n`],
])('T66 a data directory that is not empty fails the restore when %s', async (_title, marker) => {
  await mkdir(join(folder, 'data', 'member'), { recursive: true });
  if (marker) await writeFile(join(folder, 'restored-from'), marker);
  const { exitCode, reason } = await init({ RESTORE_SHA256: sha256(body) });
  expect(exitCode).toBe(1);
  expect(reason).toMatch(/^DataDirNotEmpty: /);
  expect(server.requests).toBe(0);
});

test.each([
  ['its recorded hash', (): Record<string, string> => ({ RESTORE_SHA256: sha256(body) })],
  [
    'its address, however it is signed',
    (): Record<string, string> => ({ RESTORE_URL_ETCD: `${server.url}/bucket/s.db?X-Amz-Signature=newer` }),
  ],
])('G-H15 a pod that starts again after its restore goes on, and knows the snapshot by %s', async (_title, env) => {
  await init(env());
  server.answer = answers.forbidden;
  const again = await init(env());
  expect(again.exitCode).toBe(0);
  expect(again.stdout.trim()).toBe('/var/lib/data not empty, not restoring snapshot');
  expect(server.requests).toBe(1);
});

test('what an interrupted restore left is removed, and the restore begun again', async () => {
  await mkdir(join(folder, 'restore', 'member'), { recursive: true });
  await writeFile(join(folder, 'restored-from'), 'half');
  await writeFile(join(folder, 'backup', 'etcd-init.db'), 'half');
  expect((await init()).exitCode).toBe(0);
  expect((await readdir(folder)).sort()).toEqual(['backup', 'data', 'restored-from']);
});

test('a folder without room for the download is DiskFull, and nothing is half restored', async () => {
  await mkdir(join(folder, 'full'));
  await runHere(tools, ['mount', '-t', 'tmpfs', '-o', 'size=8k', 'tmpfs', join(folder, 'full')]);
  const { reason } = await init({}, { downloads: join(folder, 'full') });
  await runHere(tools, ['umount', join(folder, 'full')]);
  expect(reason).toMatch(/^DiskFull: /);
});

test('a name that is not in the cluster is refused', async () => {
  expect((await init({ POD_NAME: 'etcd-7' })).reason).toMatch(/^RestoreFailed: etcd-7 is not a member/);
  expect((await readdir(folder)).sort()).toEqual(['backup', 'termination-log']);
});

test('a store with an own authority is trusted by the bundle, and only by it', async () => {
  const authority = await createAuthority('authority', 1);
  const certificate = await issueCertificate(authority, { commonName: 'store', hosts: ['127.0.0.1'], usage: 'server', days: 1 });
  const secure = await serveSnapshot(body, certificate);
  await writeFile(join(folder, 'trust.pem'), authority.certificate);
  const env = { RESTORE_URL_ETCD: `${secure.url}/s.db` };
  const refused = await init(env);
  await rm(join(folder, 'termination-log'));
  const trusted = await init(env, { trust: join(folder, 'trust.pem') });
  await secure.close();
  expect(refused.reason).toMatch(/^SnapshotDownloadFailed: .*certificate is not trusted/);
  expect(trusted).toMatchObject({ exitCode: 0, reason: '' });
});
