import type { StoreAccess } from '../access.ts';
import { readUrl } from '../read-url.ts';
import { type SignedRequest, StoreError } from '../store.ts';
import { type Presign, presignUrl } from './presign-url.ts';

type Bucket = Extract<StoreAccess, { kind: 's3' }>;

const sign = (access: Bucket, request: Pick<Presign, 'method' | 'key' | 'seconds' | 'headers'>): string =>
  presignUrl({
    ...request,
    region: access.region || 'us-east-1',
    bucket: access.bucket,
    endpoint: access.endpoint,
    pathStyle: access.forcePathStyle,
    accessKeyId: access.accessKeyId,
    secretAccessKey: access.secretAccessKey,
    sessionToken: access.sessionToken,
    now: new Date(),
  });

/** A URL that reads one object for some seconds. */
export const presignGet = (access: Bucket, key: string, seconds: number): string => sign(access, { method: 'GET', key, seconds });

/** A request that stores exactly one body under a key that is free; the store checks the hash. */
export const presignPut = (
  access: Bucket,
  key: string,
  seconds: number,
  body: { sha256: string; kmsKey?: string | undefined },
): SignedRequest => {
  const headers = {
    'if-none-match': '*',
    'x-amz-checksum-sha256': Buffer.from(body.sha256, 'hex').toString('base64'),
    ...(body.kmsKey ? { 'x-amz-server-side-encryption': 'aws:kms', 'x-amz-server-side-encryption-aws-kms-key-id': body.kmsKey } : {}),
  };
  return { url: sign(access, { method: 'PUT', key, seconds, headers }), headers };
};

/** Whether the store gives the object to somebody without credentials. Throws `StoreError` when its answer tells neither, as while it is busy. */
export const anyoneReads = async (access: Bucket, key: string, signal: AbortSignal | undefined): Promise<boolean> => {
  const address = new URL(presignGet(access, key, 60));
  address.search = '';
  const answer = await readUrl(address.href, { caBundle: access.caBundle, insecure: access.insecure, signal });
  answer.destroy();
  const { statusCode = 0 } = answer;
  if (statusCode === 200) return true;
  if (statusCode >= 400 && statusCode < 500 && statusCode !== 429) return false;
  throw new StoreError(
    `s3://${access.bucket} does not say whether everybody may read it: HTTP ${statusCode}. Try again when the store has recovered`,
    'unreachable',
  );
};
