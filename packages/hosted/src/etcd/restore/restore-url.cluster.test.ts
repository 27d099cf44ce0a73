import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { Secret } from '@godwit/api';
import { startObjectStore } from '@godwit/devcluster';
import { openStore, readUrl } from '@godwit/objectstore';
import { fakeClock, freshNamespace, testCluster } from '@godwit/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessTo, backupWorld, makeCredentials } from '../../../test/backup-room.ts';
import { answers, serveSnapshot } from '../../../test/snapshot-server.ts';
import { compareSnapshots } from './compare-snapshots.ts';
import { ensureRestoreUrl, type PendingRestore, removeRestoreUrl, secondsToKeep } from './restore-url.ts';

const client = testCluster();
const minio = await startObjectStore({ name: 'etcdrestore' });
afterAll(() => minio.stop());
const operator = await freshNamespace();
const world = backupWorld(client, operator);
const caBundle = readFileSync(minio.authorityPath, 'utf8');

beforeAll(async () => {
  await makeCredentials(client, operator, minio);
  const store = openStore(accessTo(minio));
  await Promise.all([store.put('a.db', 'one'), store.put('b.db', 'one'), store.put('c.db', 'two'), store.put('long.db', long)]);
});

const long = Buffer.alloc(40_000, 'x');
const urlOf = (key: string) => `s3://${minio.bucket}/${key}`;

const pending = async (changes: Partial<PendingRestore> = {}): Promise<PendingRestore> => {
  const namespace = await freshNamespace();
  const { uid = '' } = (await client.get(Secret, { namespace: operator, name: 'store' }))?.metadata ?? {};
  return {
    namespace,
    owner: { apiVersion: 'v1', kind: 'Secret', name: 'store', uid },
    url: urlOf('a.db'),
    credentials: 'store',
    ...changes,
  };
};

const secretIn = (namespace: string) => client.get(Secret, { namespace, name: 'etcd-restore-url' });
const valueIn = async (namespace: string, key: string) => Buffer.from((await secretIn(namespace))?.data?.[key] ?? '', 'base64').toString();

test('G-H17 a signed URL lies in a Secret while a restore is pending, and reads the object', async () => {
  const restore = await pending();
  expect(await ensureRestoreUrl(world, restore)).toMatchObject({ ok: true, value: { after: '1800s' } });
  const answer = await readUrl(await valueIn(restore.namespace, 'url'), { caBundle });
  expect(await text(answer)).toBe('one');
  await removeRestoreUrl(world, restore.namespace);
  expect(await secretIn(restore.namespace)).toBeUndefined();
});

test('G-H17 the URL is kept for half an hour and then renewed, so that a late pod still restores', async () => {
  const restore = await pending();
  await ensureRestoreUrl(world, restore);
  const first = await secretIn(restore.namespace);
  await ensureRestoreUrl(world, restore);
  expect((await secretIn(restore.namespace))?.metadata.resourceVersion).toBe(first?.metadata.resourceVersion);
  const later = fakeClock(new Date(Date.now() + 40 * 60_000).toISOString());
  await ensureRestoreUrl({ ...world, clock: later }, restore);
  expect(await valueIn(restore.namespace, 'expires')).not.toBe(Buffer.from(first?.data?.expires ?? '', 'base64').toString());
});

test.each<[string, Partial<PendingRestore>, string]>([
  ['without credentials', { credentials: undefined }, 'SnapshotCredentialsMissing'],
  ['with the name of a Secret that is not there', { credentials: 'absent' }, 'SnapshotCredentialsMissing'],
  ['of an object that is not there', { url: urlOf('absent.db') }, 'SnapshotDownloadFailed'],
  ['of a bucket only', { url: `s3://${minio.bucket}/` }, 'SnapshotDownloadFailed'],
])('a restore %s is refused by name', async (_title, changes, reason) => {
  expect(await ensureRestoreUrl(world, await pending(changes))).toMatchObject({ ok: false, said: { reason } });
});

test('a Secret of another snapshot is signed again at once', async () => {
  const now = new Date();
  const secret = {
    data: { object: Buffer.from('s3://b/k').toString('base64'), expires: Buffer.from('2999-01-01T00:00:00Z').toString('base64') },
  };
  expect(secondsToKeep(secret as unknown as Secret, { url: 's3://b/k' }, now)).toBeGreaterThan(0);
  expect(secondsToKeep(secret as unknown as Secret, { url: 's3://b/other' }, now)).toBe(0);
  expect(secondsToKeep(undefined, { url: 's3://b/k' }, now)).toBe(0);
});

test('several restore URLs may be used when they are the same snapshot, and are refused with their hashes when not', async () => {
  const options = { credentials: 'store' };
  const same = await compareSnapshots(world, { ...options, urls: [urlOf('a.db'), urlOf('b.db')] });
  expect(same).toEqual({ ok: true, value: { url: urlOf('a.db'), sha256: createHash('sha256').update('one').digest('hex') } });
  const differ = await compareSnapshots(world, { ...options, urls: [urlOf('a.db'), urlOf('b.db'), urlOf('c.db')] });
  expect(differ).toMatchObject({
    ok: false,
    said: { reason: 'RestoreSnapshotsDiffer', message: expect.stringMatching(/a\.db has [0-9a-f]{64}.*c\.db has [0-9a-f]{64}/) },
  });
});

test('a listed URL that has expired is said without its signature', async () => {
  const server = await serveSnapshot(long);
  const urls = [urlOf('long.db'), `${server.url}/b.db?X-Amz-Signature=abc`];
  const same = await compareSnapshots(world, { urls, credentials: 'store' });
  server.answer = answers.forbidden;
  const expired = await compareSnapshots(world, { urls, credentials: 'store' });
  server.answer = answers.cut;
  const cut = await compareSnapshots(world, { urls: [urls[1] ?? ''] });
  await server.close();
  expect(same).toMatchObject({ ok: true, value: { url: urlOf('long.db') } });
  expect(expired).toMatchObject({ ok: false, said: { reason: 'SnapshotDownloadFailed', message: expect.stringContaining('HTTP 403') } });
  expect(cut).toMatchObject({ ok: false, said: { reason: 'SnapshotDownloadFailed' } });
  expect(JSON.stringify([expired, cut])).not.toContain('abc');
});
