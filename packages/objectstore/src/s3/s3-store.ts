import type { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import type { StoreAccess } from '../access.ts';
import type { ObjectStore, Stat } from '../store.ts';
import { type Bucket, ifPresent, openBucket } from './bucket.ts';
import { isLostRace } from './faults.ts';
import { s3Delete, s3List, s3Pages } from './s3-list.ts';
import { s3Put } from './s3-put.ts';
import { anyoneReads, presignGet, presignPut } from './signed.ts';

type Options = { ifAbsent?: boolean; contentType?: string; signal?: AbortSignal };

const put = async (bucket: Bucket, key: string, body: Readable | Uint8Array | string, { ifAbsent, contentType, signal }: Options) => {
  try {
    const bytes = await s3Put(bucket.client, { bucket: bucket.name, key: bucket.full(key), body, ifAbsent, contentType, signal });
    return { stored: true, bytes };
  } catch (error) {
    if (ifAbsent && isLostRace(error)) return { stored: false, bytes: 0 };
    throw error;
  }
};

const get = async (bucket: Bucket, key: string, signal: AbortSignal | undefined): Promise<Readable> => {
  const command = new GetObjectCommand({ Bucket: bucket.name, Key: bucket.full(key) });
  const { Body } = await bucket.client.send(command, signal ? { abortSignal: signal } : {});
  return Body as Readable;
};

const statOf = async (bucket: Bucket, key: string): Promise<Stat> => {
  const command = new HeadObjectCommand({ Bucket: bucket.name, Key: bucket.full(key) });
  const { ContentLength = 0, ETag, LastModified } = await bucket.client.send(command);
  return { key, bytes: ContentLength, ...(ETag && { etag: ETag }), ...(LastModified && { modified: LastModified }) };
};

async function* list(bucket: Bucket, below: string, options: { limit?: number; signal?: AbortSignal }): AsyncGenerator<Stat> {
  try {
    for await (const stat of s3List(bucket.client, { bucket: bucket.name, prefix: bucket.prefix + below, ...options })) {
      yield { ...stat, key: stat.key.slice(bucket.prefix.length) };
    }
  } catch (error) {
    throw bucket.fault(error, `list ${below}`);
  }
}

const folders = async (bucket: Bucket, below: string): Promise<string[]> => {
  const start = bucket.prefix + (below === '' || below.endsWith('/') ? below : `${below}/`);
  const names: string[] = [];
  for await (const { CommonPrefixes = [] } of s3Pages(bucket.client, { bucket: bucket.name, prefix: start, delimiter: '/' })) {
    names.push(...CommonPrefixes.map(({ Prefix = '' }) => Prefix.slice(start.length, -1)));
  }
  return names;
};

/** A bucket, or the part of it below a prefix, as an object store. */
export const s3Store = (access: Extract<StoreAccess, { kind: 's3' }>): ObjectStore => {
  const bucket = openBucket(access);
  return {
    url: bucket.url,
    put: (key, body, options = {}) => bucket.guarded(`store ${key}`, () => put(bucket, key, body, options)),
    get: (key, { signal } = {}) => bucket.guarded(`read ${key}`, () => ifPresent(() => get(bucket, key, signal))),
    stat: (key) => bucket.guarded(`look at ${key}`, () => ifPresent(() => statOf(bucket, key))),
    list: (below, options = {}) => list(bucket, below, options),
    folders: (below) => bucket.guarded(`list ${below}`, () => folders(bucket, below)),
    delete: (keys) => bucket.guarded(`delete ${keys.length} objects`, () => s3Delete(bucket.client, bucket.name, keys.map(bucket.full))),
    presign: (key, seconds) => bucket.guarded(`sign ${key}`, async () => presignGet(access, bucket.full(key), seconds)),
    presignPut: (key, seconds, body) => bucket.guarded(`sign ${key}`, async () => presignPut(access, bucket.full(key), seconds, body)),
    readableByAnyone: (key, options = {}) => anyoneReads(access, bucket.full(key), options.signal),
  };
};
