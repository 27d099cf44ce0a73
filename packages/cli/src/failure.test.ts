import { ApiError, ConnectionError, KubeconfigError } from '@godwit/kube';
import { describe, expect, test } from 'vitest';
import { explainError } from './explain-error.ts';
import { Failure, failureLine } from './failure.ts';

test.each([
  [
    'what, reason, why and the next step are one line',
    new Failure('plan "shop" is not ready', { reason: 'SourceUnreachable', why: 'no answer.', next: 'godwit plan get shop -o yaml' }),
    'error: plan "shop" is not ready (SourceUnreachable): no answer; try: godwit plan get shop -o yaml',
  ],
  ['without a next step the line ends with why', new Failure('x', { reason: 'Y', why: 'z' }), 'error: x (Y): z'],
  ['line breaks are taken out', new Failure('x', { reason: 'Y', why: 'a\n  b' }), 'error: x (Y): a b'],
])('%s', (_title, failure, line) => {
  expect(failureLine(failure)).toBe(line);
});

describe('explainError', () => {
  const connection = (fault: ConnectionError['fault']) => new ConnectionError('no answer', { server: 'https://a', fault });
  test.each([
    ['a server that does not answer', connection('refused'), 'ServerUnreachable'],
    ['a server that is too slow', connection('timeout'), 'ServerUnreachable'],
    ['a name that is unknown', connection('dns'), 'ServerUnreachable'],
    ['a certificate that nobody vouches for', connection('tls'), 'CertificateNotTrusted'],
    ['a login command that fails', connection('auth'), 'CredentialsUnusable'],
    ['a token that has expired', new ApiError('Unauthorized', { status: 401, reason: 'Unauthorized' }), 'Unauthorized'],
    ['a missing right', new ApiError('no', { status: 403, reason: 'Forbidden' }), 'Forbidden'],
    ['any other refusal keeps the reason of the server', new ApiError('no', { status: 422, reason: 'Invalid' }), 'Invalid'],
    ['a kubeconfig that cannot be used', new KubeconfigError('missing'), 'KubeconfigUnusable'],
    ['a failure stays what it is', new Failure('x', { reason: 'Own', why: 'y' }), 'Own'],
    ['anything else', new TypeError('oops'), 'Unexpected'],
  ])('%s', (_title, error, reason) => {
    expect(explainError('cannot do it', error)).toMatchObject({ reason, exitCode: 1 });
  });
});
