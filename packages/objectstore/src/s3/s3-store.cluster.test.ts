import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { storeContract } from '../../test/contract.ts';
import { type Minio, startMinio } from '../../test/minio.ts';
import { minioBinary } from '../../test/minio-binary.ts';
import { openStore, type StoreAccess } from '../index.ts';

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
