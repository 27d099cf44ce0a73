import { expect, test } from 'vitest';
import { type Presign, presignUrl, uriEncode } from './presign-url.ts';

test.each([
  ['/path/AZaz09-_.~', '/path/AZaz09-_.~'],
  [' ', '%20'],
  ['/key$with&special+chars:here@now', '/key%24with%26special%2Bchars%3Ahere%40now'],
  ['#1?v=2', '%231%3Fv%3D2'],
  ['=val;', '%3Dval%3B'],
  ['%', '%25'],
  ['é', '%C3%A9'],
  ['a/b', 'a/b'],
])('T72 %s is encoded as %s', (text, encoded) => {
  expect(uriEncode(text)).toBe(encoded);
});

const example: Presign = {
  method: 'GET',
  region: 'us-east-1',
  bucket: 'my-bucket',
  key: 'path/to/snapshot.db',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  now: new Date('2026-04-08T12:00:00Z'),
  seconds: 3600,
};

const parts = (options: Presign) => {
  const url = new URL(presignUrl(options));
  return { host: url.host, expires: url.searchParams.get('X-Amz-Expires'), signature: url.searchParams.get('X-Amz-Signature') };
};

test.each<[string, Partial<Presign>, string, string]>([
  [
    'a bucket in the host name',
    {},
    'my-bucket.s3.us-east-1.amazonaws.com',
    '97094fa9811681974b61253db47e92787f66a5c394200e6e0db7c1b69adbd9a0',
  ],
  [
    'a bucket in the path',
    { pathStyle: true },
    's3.us-east-1.amazonaws.com',
    '0e6edd41044bf957fbe146ec2a068ce322ef988fb60e5d010d5945c7f5c65a8c',
  ],
  [
    'a security token',
    { sessionToken: 'FwoGZXIvYXdzEBYaDHqa0AP' },
    'my-bucket.s3.us-east-1.amazonaws.com',
    'b2cea8ee4dff0adbb14368202d85d4070be0135050b68f9cd5508aac0104980e',
  ],
])('T73 a URL with %s has the known signature', (_title, changes, host, signature) => {
  expect(parts({ ...example, ...changes })).toEqual({ host, expires: '3600', signature });
});

test('T73 the security token is part of the URL', () => {
  expect(presignUrl({ ...example, sessionToken: 'FwoGZXIvYXdzEBYaDHqa0AP' })).toContain('X-Amz-Security-Token=FwoGZXIvYXdzEBYaDHqa0AP');
});

test('T73 another store is addressed under its own name', () => {
  expect(parts({ ...example, endpoint: 'https://minio.example.com', pathStyle: true }).host).toBe('minio.example.com');
});

test('T73 the example that AWS publishes gives its signature', () => {
  const url = presignUrl({
    ...example,
    bucket: 'examplebucket',
    key: 'test.txt',
    endpoint: 'https://s3.amazonaws.com',
    now: new Date('2013-05-24T00:00:00Z'),
    seconds: 86400,
  });
  expect(new URL(url).searchParams.get('X-Amz-Signature')).toBe('aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404');
});

test.each(['region', 'bucket', 'key', 'accessKeyId', 'secretAccessKey'] as const)('T73 no URL is signed without %s', (name) => {
  expect(() => presignUrl({ ...example, [name]: '' })).toThrow(name);
});

test('a URL that would count for longer than a week is refused', () => {
  expect(() => presignUrl({ ...example, seconds: 604_801 })).toThrow('604800');
});
