import type { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { StoreAccess } from '../access.ts';
import { checkKey } from '../check-key.ts';
import type { ObjectStore, Stat } from '../store.ts';
import { s3Client } from './client.ts';
import { isLostRace, isMissingKey, s3Fault } from './faults.ts';
import { s3Delete, s3List, s3Pages } from './s3-list.ts';
import { s3Put } from './s3-put.ts';

const normalPrefix = (prefix: string): string => {
  const inner = prefix.replace(/^\/+|\/+$/g, '');
  return inner === '' ? '' : `${inner}/`;
};

/** A bucket, or the part of it below a prefix, as an object store. */
export const s3Store = (access: Extract<StoreAccess, { kind: 's3' }>): ObjectStore => {
  const client = s3Client(access);
  const { bucket } = access;
  const prefix = normalPrefix(access.prefix);
  const url = `s3://${bucket}/${prefix}`.replace(/\/$/, '');
  const full = (key: string): string => prefix + checkKey(key);

  const guarded = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw (error as Error)?.name === 'AbortError' ? error : s3Fault(error, what, url);
    }
  };
  const ifPresent = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (isMissingKey(error)) return undefined;
      throw error;
    }
  };

  const get: ObjectStore['get'] = (key, { signal } = {}) =>
    guarded(`read ${key}`, () =>
      ifPresent(async () => {
        const command = new GetObjectCommand({ Bucket: bucket, Key: full(key) });
        const { Body } = await client.send(command, signal ? { abortSignal: signal } : {});
        return Body as Readable;
      }),
    );

  const put: ObjectStore['put'] = (key, body, options = {}) =>
    guarded(`store ${key}`, async () => {
      const { ifAbsent, contentType, signal } = options;
      try {
        return { stored: true, bytes: await s3Put(client, { bucket, key: full(key), body, ifAbsent, contentType, signal }) };
      } catch (error) {
        if (ifAbsent && isLostRace(error)) return { stored: false, bytes: 0 };
        throw error;
      }
    });

  const statOf = async (key: string): Promise<Stat> => {
    const { ContentLength = 0, ETag, LastModified } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: full(key) }));
    return { key, bytes: ContentLength, ...(ETag && { etag: ETag }), ...(LastModified && { modified: LastModified }) };
  };

  return {
    url,
    put,
    get,
    stat: (key) => guarded(`look at ${key}`, () => ifPresent(() => statOf(key))),
    async *list(below, { limit, signal } = {}) {
      try {
        for await (const stat of s3List(client, { bucket, prefix: prefix + below, limit, signal })) {
          yield { ...stat, key: stat.key.slice(prefix.length) };
        }
      } catch (error) {
        throw (error as Error)?.name === 'AbortError' ? error : s3Fault(error, `list ${below}`, url);
      }
    },
    folders: (below) =>
      guarded(`list ${below}`, async () => {
        const start = prefix + (below === '' || below.endsWith('/') ? below : `${below}/`);
        const names: string[] = [];
        for await (const { CommonPrefixes = [] } of s3Pages(client, { bucket, prefix: start, delimiter: '/' })) {
          names.push(...CommonPrefixes.map(({ Prefix = '' }) => Prefix.slice(start.length, -1)));
        }
        return names;
      }),
    delete: (keys) => guarded(`delete ${keys.length} objects`, () => s3Delete(client, bucket, keys.map(full))),
    presign: (key, seconds) =>
      guarded(`sign ${key}`, () => getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: full(key) }), { expiresIn: seconds })),
  };
};
