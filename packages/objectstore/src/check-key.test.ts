import { expect, test } from 'vitest';
import { checkKey } from './check-key.ts';

test.each(['a', 'backups/b/b.tar.gz', 'a/..b', '.hidden/x'])('the key %s is taken as it is', (key) => {
  expect(checkKey(key)).toBe(key);
});

test.each(['', '/a', 'a//b', '../a', 'a/../b', 'a/.', 'a\\b', 'a/\0', 'a/'])('the key %j is refused', (key) => {
  expect(() => checkKey(key)).toThrow('not a relative path');
});
