import { expect, test } from 'vitest';
import type { VolumePair } from '../volume-pair.ts';
import { daemonConfig } from './daemon.ts';

const pair = { source: { namespace: 'shop', name: 'data' }, target: { namespace: 'shop', name: 'data' }, module: 'abc' } as VolumePair;

test('a daemon that runs as root works in a chroot, since absolute links lose their leading slash outside of one', () => {
  expect(daemonConfig([pair], true)).toContain('use chroot = yes');
  expect(daemonConfig([pair], false)).toContain('use chroot = no');
});

test('a module is reachable from inside the pod only, and by its password', () => {
  const config = daemonConfig([pair], true);
  expect(config).toContain('address = 127.0.0.1');
  expect(config).toMatch(/\[abc\]\n {2}comment = shop\/data\n {2}path = \/mnt\/shop\/abc\n/);
  expect(config).toContain('auth users = root');
});
