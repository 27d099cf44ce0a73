import { StoreError, type StoreFault } from '../store.ts';

const BY_CODE: Record<string, StoreFault> = {
  NoSuchBucket: 'bucket-missing',
  AccessDenied: 'access-denied',
  AllAccessDisabled: 'access-denied',
  Forbidden: 'access-denied',
  InvalidAccessKeyId: 'bad-credentials',
  SignatureDoesNotMatch: 'bad-credentials',
  ExpiredToken: 'bad-credentials',
  InvalidToken: 'bad-credentials',
  XMinioStorageFull: 'full',
  QuotaExceeded: 'full',
  XMinioAdminBucketQuotaExceeded: 'full',
  InsufficientStorage: 'full',
  ECONNREFUSED: 'unreachable',
  ECONNRESET: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  ETIMEDOUT: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EPIPE: 'unreachable',
  TimeoutError: 'unreachable',
  ServiceUnavailable: 'unreachable',
  SlowDown: 'unreachable',
  EPROTO: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  CERT_HAS_EXPIRED: 'tls',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls',
};

const NEXT_STEPS: Record<StoreFault, string> = {
  'bucket-missing': 'Create the bucket, or correct its name.',
  'access-denied': 'Allow these credentials to list, read, write and delete in the bucket.',
  'bad-credentials': 'Correct the access key and the secret key.',
  unreachable: 'Check the address, and that it can be reached from here.',
  tls: 'Give the certificate authority of the store, or correct its address.',
  full: 'Free space in the store, or raise its quota.',
  'read-only': 'Allow writing to the bucket, or choose another one.',
  other: 'Look at the cause and try again.',
};

type Failure = { name?: string; code?: string; Code?: string; message?: string; $metadata?: { httpStatusCode?: number }; cause?: unknown };

const faultOf = (error: Failure): StoreFault => {
  const known = [error.Code, error.code, error.name].map((code) => BY_CODE[code ?? '']).find((fault) => fault !== undefined);
  if (known) return known;
  if (error.cause) return faultOf(error.cause as Failure);
  const status = error.$metadata?.httpStatusCode ?? 0;
  if (status === 403 || status === 401) return 'access-denied';
  if (status === 507) return 'full';
  return status >= 500 || status === 429 ? 'unreachable' : 'other';
};

/** Whether the error says that there is no such key. */
export const isMissingKey = (error: unknown): boolean => ['NoSuchKey', 'NotFound'].includes((error as Failure)?.name ?? '');

/** Whether the error says that a conditional write lost against an existing or concurrently written key. */
export const isLostRace = (error: unknown): boolean => {
  const { name, $metadata } = error as Failure;
  return name === 'PreconditionFailed' || name === 'ConditionalRequestConflict' || $metadata?.httpStatusCode === 412;
};

/** Turns an error of the S3 client into a `StoreError` that says what was tried, where, and what to do next; never a credential. */
export const s3Fault = (error: unknown, what: string, url: string): StoreError => {
  if (error instanceof StoreError) return error;
  const failure = error as Failure;
  const fault = faultOf(failure);
  const said = (failure.message || failure.Code || failure.code || failure.name || 'no answer').replace(/\.+$/, '');
  return new StoreError(`Could not ${what} in ${url}: ${said}. ${NEXT_STEPS[fault]}`, fault, error);
};
