import { createHash, randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { storeContract } from '../../test/contract.ts';
import { type Minio, startMinio } from '../../test/minio.ts';
import { minioBinary } from '../../test/minio-binary.ts';
import { openStore, readUrl, type StoreAccess } from '../index.ts';

let minio: Minio;
beforeAll(async () => {
  minio = await startMinio(await minioBinary());
}, 60_000);
afterAll(() => minio?.stop());

const accessTo = (bucket: string, changes: Partial<Extract<StoreAccess, { kind: 's3' }>> = {}): StoreAccess => ({
  kind: 's3',
  bucket,
  prefix: '',
  region: 'us-east-1',
  endpoint: minio.endpoint,
  forcePathStyle: true,
  accessKeyId: minio.accessKeyId,
  secretAccessKey: minio.secretAccessKey,
  insecure: false,
  ...changes,
});

const inBucket = (prefix: string) => async () => {
  const bucket = `b-${randomUUID()}`;
  await minio.makeBucket(bucket);
  return { store: openStore(accessTo(bucket, { prefix })), close: async () => {} };
};

storeContract('a bucket', inBucket(''));
storeContract('a part of a bucket', inBucket('/some/prefix/'));

test('a presigned address reads without credentials', async () => {
  const { store } = await inBucket('p')();
  await store.put('k', 'body');
  const answer = await fetch((await store.presign('k', 60)) ?? '');
  expect(await answer.text()).toBe('body');
});

test('two prefixes of a bucket do not see each other', async () => {
  const bucket = `b-${randomUUID()}`;
  await minio.makeBucket(bucket);
  const [one, two] = ['one', 'two'].map((prefix) => openStore(accessTo(bucket, { prefix })));
  await one?.put('k', '1');
  expect(await two?.stat('k')).toBeUndefined();
  const body = await one?.get('k');
  expect(body && (await text(body))).toBe('1');
});

type Case = [title: string, fault: string, changes: { endpoint?: string; accessKeyId?: string; secretAccessKey?: string }];
test.each<Case>([
  ['a missing bucket', 'bucket-missing', {}],
  ['a wrong access key', 'bad-credentials', { accessKeyId: 'nobody' }],
  ['a wrong secret key', 'bad-credentials', { secretAccessKey: 'wrong-secret' }],
  ['an address where nobody listens', 'unreachable', { endpoint: 'http://127.0.0.1:1' }],
  ['TLS against a server without it', 'tls', { endpoint: 'tls' }],
])('%s is the fault %s, with a next step and without the secret', async (_title, fault, changes) => {
  const endpoint = changes.endpoint === 'tls' ? minio.endpoint.replace('http:', 'https:') : (changes.endpoint ?? minio.endpoint);
  const store = openStore(accessTo('absent-bucket', { ...changes, endpoint }));
  const error = await store.put('k', 'x').catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: 'StoreError', fault });
  expect(String(error)).not.toMatch(/test-secret-key|wrong-secret/);
});

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test('a presigned request stores exactly the body it was made for, and once', async () => {
  const { store } = await inBucket('p')();
  const signed = (await store.presignPut('k', 60, { sha256: sha256('body') })) ?? { url: '', headers: {} };
  const send = (body: string, headers: Record<string, string>) => fetch(signed.url, { method: 'PUT', body, headers });
  expect((await send('other', signed.headers)).status).toBe(400);
  expect((await send('body', {})).status).toBeGreaterThanOrEqual(400);
  expect((await send('body', signed.headers)).status).toBe(200);
  expect((await send('body', signed.headers)).status).toBe(412);
  expect(await store.stat('k')).toMatchObject({ bytes: 4 });
});

test('nobody reads a private bucket without credentials, and everybody a public one', async () => {
  const bucket = `b-${randomUUID()}`;
  await minio.makeBucket(bucket);
  const store = openStore(accessTo(bucket));
  await store.put('k', 'body');
  expect(await store.readableByAnyone('k')).toBe(false);
  await minio.publish(bucket);
  expect(await store.readableByAnyone('k')).toBe(true);
});

test('an answer to a plain URL comes with its status, and a dead address is named without its signature', async () => {
  const { store } = await inBucket('')();
  await store.put('k', 'body');
  const answer = await readUrl((await store.presign('k', 60)) ?? '');
  expect([answer.statusCode, await text(answer)]).toEqual([200, 'body']);
  const error = await readUrl('http://127.0.0.1:1/k?X-Amz-Signature=abc').catch((caught: unknown) => caught);
  expect(String(error)).toMatch(/127\.0\.0\.1:1\/k could not be read/);
  expect(String(error)).not.toContain('abc');
});
