import { expect, test } from 'vitest';
import { isLostRace, isMissingKey, s3Fault } from './faults.ts';

test.each([
  ['a missing bucket', { name: 'NoSuchBucket' }, 'bucket-missing'],
  ['a wrong key', { name: 'InvalidAccessKeyId' }, 'bad-credentials'],
  ['a wrong secret', { name: 'SignatureDoesNotMatch' }, 'bad-credentials'],
  ['a refused request without body', { name: 'Unknown', $metadata: { httpStatusCode: 403 } }, 'access-denied'],
  ['a refused connection', { name: 'Error', code: 'ECONNREFUSED' }, 'unreachable'],
  ['a time-out', { name: 'TimeoutError' }, 'unreachable'],
  ['an unknown authority inside another error', { name: 'Error', cause: { code: 'SELF_SIGNED_CERT_IN_CHAIN' } }, 'tls'],
  ['a full server', { name: 'XMinioStorageFull' }, 'full'],
  ['a failing server', { name: 'InternalError', $metadata: { httpStatusCode: 500 } }, 'unreachable'],
  ['a server that asks for less', { name: 'Unknown', $metadata: { httpStatusCode: 429 } }, 'unreachable'],
  ['something else', { name: 'Odd' }, 'other'],
])('%s is told apart', (_title, error, fault) => {
  expect(s3Fault(error, 'read x', 's3://b').fault).toBe(fault);
});

test('the message names the store and the next step', () => {
  expect(s3Fault({ name: 'NoSuchBucket', message: 'no bucket' }, 'list', 's3://b/p').message).toBe(
    'Could not list in s3://b/p: no bucket. Create the bucket, or correct its name.',
  );
});

test('a missing key and a lost race are values, not faults', () => {
  expect(isMissingKey({ name: 'NoSuchKey' })).toBe(true);
  expect(isLostRace({ name: 'PreconditionFailed' })).toBe(true);
  expect(isLostRace({ name: 'Unknown', $metadata: { httpStatusCode: 412 } })).toBe(true);
});
