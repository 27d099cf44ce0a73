import { createCipheriv, createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { startObjectStore } from '@godwit/devcluster';
import { type ObjectStore, openStore } from '@godwit/objectstore';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessTo } from '../../../test/backup-room.ts';
import { type EtcdHere, runningEtcd } from '../../../test/etcd-here.ts';
import { type Answer, answers, serveSnapshot } from '../../../test/snapshot-server.ts';
import { encryptionKeyName } from '../key/key-name.ts';
import { type Snapshot, takeSnapshot } from '../snapshot/take-snapshot.ts';
import { readBack } from './read-back.ts';
import { secretScan } from './scan.ts';
import { refusePublic, uploadSnapshot } from './upload-snapshot.ts';

const minio = await startObjectStore({ name: 'etcdupload' });
afterAll(() => minio.stop());

const caBundle = readFileSync(minio.authorityPath, 'utf8');
const access = accessTo(minio);
const store = openStore(access);
const encryptionKey = randomBytes(32);

const sealed = (text: string): Buffer => {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', encryptionKey, iv);
  return Buffer.concat([Buffer.from(`k8s:enc:aescbc:v1:${encryptionKeyName(encryptionKey)}:`), iv, cipher.update(text), cipher.final()]);
};

let here: EtcdHere;
let snapshot: Snapshot;
beforeAll(async () => {
  here = await runningEtcd(1);
  const [member] = here.etcd.members;
  await here.ctl('put', '/registry/leases/ns/x', 'y');
  await member?.run(['/bin/sh', '-c', 'etcdctl "$0" put /registry/secrets/default/s', ...member.flags], { stdin: sealed('a real secret') });
  const taken = await takeSnapshot(here.etcd, { runId: 'u', writersStopped: true, keyName: encryptionKeyName(encryptionKey) });
  if (!taken.ok) throw new Error(taken.said.message);
  snapshot = taken.value;
});
afterAll(() => here?.remove());

const options = () => ({ store, key: `demo/${randomUUID()}.db`, caBundle, encryptionKey });

test('a snapshot is stored, read back and proven to hold secrets of the key', async () => {
  const to = options();
  const outcome = await uploadSnapshot(here.etcd, snapshot, to);
  expect(outcome).toEqual({
    ok: true,
    value: { url: `s3://${minio.bucket}/${to.key}`, key: to.key, bytes: snapshot.bytes, sha256: snapshot.sha256 },
  });
  expect(await store.stat(`${to.key}.probe`)).toBeUndefined();
});

test('G-H22 a snapshot whose secrets have another key is refused with both names', async () => {
  const outcome = await uploadSnapshot(here.etcd, snapshot, { ...options(), encryptionKey: Buffer.alloc(32) });
  expect(outcome).toMatchObject({ ok: false, said: { reason: 'EncryptionKeyMismatch' } });
  expect(!outcome.ok && outcome.said.message).toMatch(new RegExp(`key-187360325.*${encryptionKeyName(encryptionKey)}`));
});

test('an upload that is begun again finds its own object, and one over another object is refused', async () => {
  const to = options();
  await uploadSnapshot(here.etcd, snapshot, to);
  expect(await uploadSnapshot(here.etcd, snapshot, to)).toMatchObject({ ok: true });
  await store.delete([to.key]);
  await store.put(to.key, 'something else');
  expect(await uploadSnapshot(here.etcd, snapshot, to)).toMatchObject({ ok: false, said: { reason: 'UploadDiffers' } });
});

test('neither the URL nor a key is an argument of any command', async () => {
  const said: string[] = [];
  const watched = {
    ...here.etcd,
    members: here.etcd.members.map((each) => ({
      ...each,
      run: (command: readonly string[], more?: object) => {
        said.push(command.join(' '));
        return each.run(command, more);
      },
    })),
  };
  expect(await uploadSnapshot(watched, snapshot, options())).toMatchObject({ ok: true });
  expect(said.join('\n')).not.toMatch(/X-Amz|https:|x-amz-checksum/);
});

test.each<[string, Answer, RegExp]>([
  ['403 with XML', answers.forbidden, /HTTP 403, AccessDenied: Request has expired/],
  ['404 with HTML', answers.missing, /HTTP 404, a web page/],
  ['200 with HTML', answers.page, /HTTP 200, but a web page/],
  ['a connection that breaks', (response) => void response.destroy(), /curl: \(\d+\)/],
])('G-H18 an upload that is answered by %s is named, and never success', async (_title, answer, message) => {
  const faulty = await serveSnapshot(Buffer.alloc(0));
  faulty.answer = answer;
  const through: ObjectStore = { ...store, presignPut: async () => ({ url: `${faulty.url}/x?X-Amz-Signature=secret`, headers: {} }) };
  const outcome = await uploadSnapshot(here.etcd, snapshot, { ...options(), store: through });
  await faulty.close();
  expect(outcome).toMatchObject({ ok: false, said: { reason: 'UploadFailed', message: expect.stringMatching(message) } });
  expect(JSON.stringify(outcome)).not.toContain('secret');
});

test('a store that is busy is no refusal: the upload is tried again at once, and by whoever asked for it', async () => {
  const busy = await serveSnapshot(Buffer.alloc(0));
  busy.answer = answers.busy;
  const through: ObjectStore = { ...store, presignPut: async () => ({ url: `${busy.url}/x?X-Amz-Signature=secret`, headers: {} }) };
  const error = await uploadSnapshot(here.etcd, snapshot, { ...options(), store: through }).catch((thrown: unknown) => thrown);
  await busy.close();
  expect(error).toMatchObject({ fault: 'unreachable', message: expect.stringMatching(/HTTP 503, SlowDown: Please reduce/) });
  expect((error as Error).message).not.toContain('secret');
  expect(busy.requests).toBe(3);
});

test('a store that cannot be reached is no refusal either', async () => {
  const away = openStore({ ...access, endpoint: 'https://127.0.0.1:1' } as typeof access);
  await expect(uploadSnapshot(here.etcd, snapshot, { ...options(), store: away })).rejects.toMatchObject({ fault: 'unreachable' });
});

test('a store with wrong credentials is named without them', async () => {
  const outcome = await uploadSnapshot(here.etcd, snapshot, {
    ...options(),
    store: openStore(accessTo({ ...minio, secretKey: 'wrong-secret' })),
  });
  expect(outcome).toMatchObject({ ok: false, said: { reason: 'UploadFailed' } });
  expect(JSON.stringify(outcome)).not.toContain('wrong-secret');
});

test('G-H18 a bucket that everybody may read is refused before anything is sent', async () => {
  const open: ObjectStore = { ...store, readableByAnyone: async () => true };
  const to = { ...options(), store: open };
  expect(await refusePublic(open, to.key)).toMatchObject({ ok: false, said: { reason: 'BucketPublic' } });
  expect(await uploadSnapshot(here.etcd, snapshot, to)).toMatchObject({ ok: false, said: { reason: 'BucketPublic' } });
  expect(await store.stat(to.key)).toBeUndefined();
});

const whole = Buffer.from('0123456789'.repeat(100));
const recorded = { bytes: whole.length, sha256: createHash('sha256').update(whole).digest('hex') };

test.each<[string, Buffer | undefined, string]>([
  ['deleted', undefined, 'absent'],
  ['cut', whole.subarray(0, 500), 'size'],
  ['exchanged', Buffer.from('9876543210'.repeat(100)), 'hash'],
])('G-H20 an object that was %s afterwards fails the check of its record', async (_title, body, check) => {
  const key = `demo/${randomUUID()}`;
  if (body) await store.put(key, body);
  const outcome = await readBack(store, key, recorded);
  expect(outcome).toMatchObject({ ok: false, said: { reason: 'UploadDiffers', message: expect.stringContaining(`(${check})`) } });
});

test('a secret is found wherever the pieces of a stream are cut', async () => {
  const value = sealed('a real secret');
  const stored = Buffer.concat([Buffer.from([0x2a, value.length]), value]);
  const bytes = Buffer.concat([randomBytes(70_000), stored, randomBytes(70_000)]);
  for (const size of [999, 65_536, bytes.length]) {
    const scan = secretScan();
    for (let at = 0; at < bytes.length; at += size) scan.take(bytes.subarray(at, at + size));
    expect(scan.end()).toEqual(new Map([[encryptionKeyName(encryptionKey), value]]));
  }
});

test('what is read back needs no memory for its size', async () => {
  const piece = Buffer.alloc(1024 * 1024);
  const body = () =>
    Readable.from(
      (function* () {
        for (let at = 0; at < 64; at += 1) yield piece;
      })(),
    );
  const hash = createHash('sha256');
  for (let at = 0; at < 64; at += 1) hash.update(piece);
  const large: ObjectStore = { ...store, stat: async (key) => ({ key, bytes: 64 * piece.length }), get: async () => body() };
  expect(await readBack(large, 'k', { bytes: 64 * piece.length, sha256: hash.digest('hex') }, { encryptionKey })).toEqual({
    ok: true,
    value: undefined,
  });
});
