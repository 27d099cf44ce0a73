import { expect, test } from 'vitest';
import { connectionFault } from './faults.ts';

const coded = (code: string) => Object.assign(new Error('low-level words'), { code });

test.each([
  ['ECONNREFUSED', 'refused', 'check that the API server runs'],
  ['ENOTFOUND', 'dns', 'the host name alpha is not known'],
  ['UND_ERR_HEADERS_TIMEOUT', 'timeout', 'did not answer in time'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls', "x509: the server's certificate is signed by an unknown authority; add the CA"],
  ['CERT_HAS_EXPIRED', 'tls', 'is not valid at this time'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', 'is not for alpha'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls', 'the TLS handshake failed'],
  ['UND_ERR_SOCKET', 'reset', 'the connection broke'],
])('a %s is a fault of kind %s that says what to do', (code, fault, words) => {
  const error = connectionFault('https://alpha:6443', coded(code));
  expect(error).toMatchObject({ fault, server: 'https://alpha:6443', message: expect.stringContaining(words) });
});

test('the innermost cause decides', () => {
  const wrapped = new TypeError('fetch failed', { cause: new AggregateError([coded('ECONNREFUSED')]) });
  expect(connectionFault('https://alpha', wrapped).fault).toBe('refused');
});
