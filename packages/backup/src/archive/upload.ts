import { PassThrough, type Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip, gunzip, gzip } from 'node:zlib';
import { type ObjectStore, StoreError } from '@godwit/objectstore';
import { digesting } from './digest.ts';

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/** What was stored: the key's checksum and size. */
export type Stored = { key: string; sha256: string; bytes: number };

const checkSize = async (store: ObjectStore, { key, bytes }: Stored): Promise<void> => {
  const stat = await store.stat(key);
  if (stat?.bytes === bytes) return;
  throw new StoreError(
    `${key} in ${store.url} has ${stat?.bytes ?? 'no'} bytes instead of ${bytes}. Look at the store, then back up again.`,
    'other',
  );
};

/** Stores a stream compressed with gzip, in bounded memory, and checks the size of what arrived. */
export const uploadGzip = async (store: ObjectStore, key: string, body: Readable, signal?: AbortSignal): Promise<Stored> => {
  const { stream, digest } = digesting();
  const out = new PassThrough();
  const options = signal ? { signal } : {};
  const [, put] = await Promise.allSettled(
    [pipeline(body, createGzip({ level: 6 }), stream, out, options), store.put(key, out, options)].map((work) =>
      work.catch((error: unknown) => {
        body.destroy(error as Error);
        out.destroy(error as Error);
        throw error;
      }),
    ),
  );
  if (put?.status !== 'fulfilled') throw put?.reason;
  const stored = { key, ...digest() };
  await checkSize(store, stored);
  return stored;
};

/** Stores a small value as gzipped JSON (or text as it is). */
export const uploadJson = async (store: ObjectStore, key: string, value: unknown): Promise<Stored> => {
  const body = await zip(typeof value === 'string' ? value : JSON.stringify(value));
  const { stream, digest } = digesting();
  stream.end(body);
  stream.resume();
  await new Promise((resolve) => stream.once('end', resolve));
  const stored = { key, ...digest() };
  await store.put(key, body);
  await checkSize(store, stored);
  return stored;
};

/** Reads a gzipped JSON file; undefined when it is absent. */
export const downloadJson = async <T>(store: ObjectStore, key: string): Promise<T | undefined> => {
  const body = await store.get(key);
  return body === undefined ? undefined : (JSON.parse((await unzip(await buffer(body))).toString()) as T);
};

/** Reads a gzipped text file; undefined when it is absent. */
export const downloadText = async (store: ObjectStore, key: string): Promise<string | undefined> => {
  const body = await store.get(key);
  return body === undefined ? undefined : (await unzip(await buffer(body))).toString();
};
