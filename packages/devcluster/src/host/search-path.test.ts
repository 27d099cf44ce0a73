import { expect, test } from 'vitest';
import { isPresent, searchPath } from './search-path.ts';

test('folders of system programs are searched, also when PATH lacks them', () => {
  expect(searchPath({ PATH: '/opt/bin:/usr/bin' })).toBe('/opt/bin:/usr/bin:/usr/local/sbin:/usr/sbin:/sbin:/bin');
});

test('a program is present when a folder of the search path has it', () => {
  expect([isPresent('sh'), isPresent('/bin/sh'), isPresent('no-such-program'), isPresent('/no/such/file')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
