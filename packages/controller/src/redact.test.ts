import { ApiError } from '@godwit/kube';
import { describe, expect, test } from 'vitest';
import { redact, redacted } from './redact.ts';

// Made up, and put together here so that no scanner takes them for real ones.
const token = ['eyJhbGciOiJSUzI1NiJ9', 'eyJzdWIiOiJhIn0', 'c2lnbmF0dXJl'].join('.');

describe('a text', () => {
  test.each([
    ['a bearer token', `Authorization: Bearer ${token}`, token],
    ['a basic authorization', 'Authorization: Basic dXNlcjpodW50ZXIy', 'dXNlcjpodW50ZXIy'],
    ['a token that stands alone', `the token ${token} was refused`, token],
    ['the user info of a URL', 'GET https://anna:hunter2@example.com/path failed', 'hunter2'],
    ['a signature of a presigned URL', 'https://s3/b/k?X-Amz-Signature=abcdef0123&x=1', 'abcdef0123'],
    ['a password in an option list', 'password=hunter2, user=anna', 'hunter2'],
    ['a secret key in JSON', '{"aws_secret_access_key": "hunter2"}', 'hunter2'],
    ['a private key', '-----BEGIN EC PRIVATE KEY-----\nhunter2\n-----END EC PRIVATE KEY-----', 'hunter2'],
  ])('loses %s', (_what, text, secret) => {
    expect(redact(text)).not.toContain(secret);
    expect(redact(text)).toContain('<redacted>');
  });

  test.each([
    'pods "web-0" is forbidden',
    'https://example.com:6443/api/v1',
    'the token of MigCluster shop/source is missing',
    'Basic authentication',
  ])('without secrets stays: %s', (text) => {
    expect(redact(text)).toBe(text);
  });
});

describe('a value', () => {
  test('loses the data of a Secret and keeps its name', () => {
    const secret = { kind: 'Secret', metadata: { name: 'a' }, data: { x: 'aHVudGVyMg==' }, stringData: { y: 'hunter2' } };
    expect(redacted({ object: secret })).toEqual({
      object: { kind: 'Secret', metadata: { name: 'a' }, data: '<redacted>', stringData: '<redacted>' },
    });
  });

  test.each([
    'authorization',
    'Authorization',
    'password',
    'token',
    'saSecretToken',
    'aws_secret_access_key',
    'secretKey',
    'accessKeyId',
    'client-key-data',
    'privateKey',
  ])('loses the member %s', (name) => {
    expect(redacted({ [name]: 'hunter2' })).toEqual({ [name]: '<redacted>' });
  });

  test('keeps what only sounds like a secret', () => {
    expect(redacted({ key: 'shop/web', tokens: 3, secretRef: { name: 'a' } })).toEqual({
      key: 'shop/web',
      tokens: 3,
      secretRef: { name: 'a' },
    });
  });

  test('is an error: message, cause and reason stay, secrets go', () => {
    const error = new ApiError('https://anna:hunter2@host refused', { status: 403, reason: 'Forbidden', details: { token: 'hunter2' } });
    const found = redacted(new Error('outer', { cause: error }));
    expect(found).toMatchObject({ message: 'outer', cause: { name: 'ApiError', status: 403, reason: 'Forbidden' } });
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });

  test('may contain itself', () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(JSON.stringify(redacted(loop))).toContain('<deeper>');
  });
});
