import type { Secret } from '@godwit/api';
import type { StoreAccess } from '@godwit/objectstore';
import { done, type Outcome, refused } from '../outcome.ts';
import { CredentialsUnusable } from '../reasons.ts';
import { CredentialsError, readCredentials } from './credentials.ts';

/** An S3 bucket as a kind names it. */
export type BucketPlace = {
  bucket: string;
  region: string;
  endpoint?: string | undefined;
  forcePathStyle?: boolean | undefined;
  caBundle?: string | undefined;
};

/** Access to S3, which is the only store of etcd's backups. */
export type S3Access = Extract<StoreAccess, { kind: 's3' }>;

const decoded = (secret: Secret, key: string): string | undefined => {
  const value = secret.data?.[key];
  return value ? Buffer.from(value, 'base64').toString('utf8') : undefined;
};

const keysOf = (secret: Secret, name: string) => {
  const text = decoded(secret, 'credentials') ?? decoded(secret, 'cloud');
  if (text === undefined) return refused(CredentialsUnusable({ secret: name, why: 'it has no key credentials' }));
  try {
    const credentials = readCredentials(text);
    if (credentials.kind === 'keys') return done(credentials);
    return refused(CredentialsUnusable({ secret: name, why: `it names the role ${credentials.arn}, and Godwit takes access keys only` }));
  } catch (error) {
    if (!(error instanceof CredentialsError)) throw error;
    return refused(CredentialsUnusable({ secret: name, why: error.message }));
  }
};

/**
 * How to reach a bucket with the credentials of a Secret: key `credentials` is an AWS credentials file. For other stores than AWS the
 * Secret may also hold `endpoint`, `force-path-style` (true) and `ca-bundle.crt`; what the place says itself wins. No prefix is set.
 */
export const storeAccessOf = (secret: Secret, place: BucketPlace): Outcome<S3Access> => {
  const keys = keysOf(secret, `${secret.metadata.namespace}/${secret.metadata.name}`);
  if (!keys.ok) return keys;
  const endpoint = place.endpoint ?? decoded(secret, 'endpoint')?.trim();
  const caBundle = place.caBundle ?? decoded(secret, 'ca-bundle.crt');
  return done({
    kind: 's3',
    bucket: place.bucket,
    prefix: '',
    region: place.region,
    ...(endpoint ? { endpoint } : {}),
    forcePathStyle: place.forcePathStyle ?? decoded(secret, 'force-path-style')?.trim() === 'true',
    accessKeyId: keys.value.accessKeyId,
    secretAccessKey: keys.value.secretAccessKey,
    sessionToken: keys.value.sessionToken,
    ...(caBundle ? { caBundle } : {}),
    insecure: false,
  });
};
