import type { S3Client } from '@aws-sdk/client-s3';
import type { StoreAccess } from '../access.ts';
import { checkKey } from '../check-key.ts';
import { s3Client } from './client.ts';
import { isMissingKey, s3Fault } from './faults.ts';

/** A bucket, or the part of it below a prefix. */
export type Bucket = {
  readonly client: S3Client;
  readonly name: string;
  /** Empty, or ends with a slash. */
  readonly prefix: string;
  readonly url: string;
  /** The key as the bucket knows it. */
  full(key: string): string;
  /** The error to throw for one of the client: a `StoreError`, or the abort as it is. */
  fault(error: unknown, what: string): unknown;
  /** Does some work and throws its errors as `fault` has them. */
  guarded<T>(what: string, work: () => Promise<T>): Promise<T>;
};

const normalPrefix = (prefix: string): string => {
  const inner = prefix.replace(/^\/+|\/+$/g, '');
  return inner === '' ? '' : `${inner}/`;
};

/** Opens a bucket; nothing is contacted yet. */
export const openBucket = (access: Extract<StoreAccess, { kind: 's3' }>): Bucket => {
  const prefix = normalPrefix(access.prefix);
  const url = `s3://${access.bucket}/${prefix}`.replace(/\/$/, '');
  const fault = (error: unknown, what: string) => ((error as Error)?.name === 'AbortError' ? error : s3Fault(error, what, url));
  return {
    client: s3Client(access),
    name: access.bucket,
    prefix,
    url,
    fault,
    full: (key) => prefix + checkKey(key),
    guarded: async (what, work) => {
      try {
        return await work();
      } catch (error) {
        throw fault(error, what);
      }
    },
  };
};

/** The value of some work, or undefined when there is no such key. */
export const ifPresent = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await work();
  } catch (error) {
    if (isMissingKey(error)) return undefined;
    throw error;
  }
};
