import { expect, test } from 'vitest';
import { parseS3Url } from './s3-url.ts';

test.each([
  ['s3://bucket/a/b.db', { bucket: 'bucket', key: 'a/b.db' }],
  ['s3://bucket/a%20b', { bucket: 'bucket', key: 'a b' }],
  ['s3://bucket', undefined],
  ['s3://bucket/', undefined],
  ['s3:///key', undefined],
  ['https://bucket/key', undefined],
  ['s3://bucket/%', undefined],
  ['', undefined],
])('%s', (url, object) => {
  expect(parseS3Url(url)).toEqual(object);
});
