import { describe, expect, test } from 'vitest';
import { keysIn } from './repository-request.ts';
import { type MigrateOptions, migrateRequest } from './request.ts';

const base: MigrateOptions = { source: 'alpha', target: 'beta', quiesce: true };
const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };
const request = (options: Partial<MigrateOptions> = {}, names = ['shop'], environment = {}) =>
  migrateRequest(names, { ...base, ...options }, environment);

test('the target holds the plans unless a host is named', () => {
  expect(request().host).toBe('beta');
  expect(request({ host: 'gamma' }).host).toBe('gamma');
});

test.each([
  ['a namespace keeps its name', ['shop'], ['shop']],
  ['a namespace gets another name', ['shop:shop-new'], ['shop:shop-new']],
  ['the same name twice says nothing', ['shop:shop'], ['shop']],
])('%s', (_title, names, expected) => {
  expect(request({}, names).namespaces).toEqual(expected);
});

test.each<[string, Partial<MigrateOptions>, string[], string]>([
  ['no source', { source: '' }, ['shop'], '--source is missing'],
  ['no target', { target: '' }, ['shop'], '--target is missing'],
  ['a namespace that cannot be one', {}, ['Shop!'], 'not a namespace'],
  ['two namespaces with one target', {}, ['a:x', 'b:x'], 'would become x'],
  ['a storage class without a target', { storageClass: 'fast' }, ['shop'], '--storage-class fast'],
  ['a time that is none', { timeout: 'soon' }, ['shop'], '--timeout soon'],
  ['S3 flags without a bucket', { s3Endpoint: 'https://x' }, ['shop'], 'describe a bucket'],
  ['a bucket without keys', { repository: 's3://b' }, ['shop'], 'needs keys'],
  ['a bucket with a prefix', { repository: 's3://b/c' }, ['shop'], 'has a prefix'],
  ['no bucket', { repository: 's3://' }, ['shop'], 'names no bucket'],
])('%s is a usage failure', (_title, options, names, message) => {
  expect(() => request(options, names)).toThrow(expect.objectContaining({ exitCode: 2, message: expect.stringContaining(message) }));
});

describe('--repository', () => {
  test('a bucket takes its keys from the environment', () => {
    expect(request({ repository: 's3://godwit', s3Endpoint: 'https://minio:9000' }, ['shop'], keys).repository).toEqual({
      kind: 'bucket',
      bucket: 'godwit',
      endpoint: 'https://minio:9000',
      region: undefined,
      caBundle: undefined,
      keys: { accessKeyId: 'id', secretAccessKey: 'secret' },
    });
  });
  test('anything else is a folder', () => {
    expect(request({ repository: '/srv/repository' }).repository).toEqual({ kind: 'folder', path: '/srv/repository' });
  });
  test('none is named', () => {
    expect(request().repository).toBeUndefined();
  });
});

test('storage classes are pairs', () => {
  expect([...request({ storageClass: 'gp2=fast,gp3=slow' }).storageClasses]).toEqual([
    ['gp2', 'fast'],
    ['gp3', 'slow'],
  ]);
});

test('a profile of a credentials file gives its keys, and only its own', () => {
  const file = '[default]\naws_access_key_id = a\naws_secret_access_key = b\n\n[other]\naws_access_key_id=c\naws_secret_access_key=d\n';
  expect(keysIn(file, 'default')).toEqual({ accessKeyId: 'a', secretAccessKey: 'b' });
  expect(keysIn(file, 'other')).toEqual({ accessKeyId: 'c', secretAccessKey: 'd' });
  expect(keysIn(file, 'third')).toBeUndefined();
});
