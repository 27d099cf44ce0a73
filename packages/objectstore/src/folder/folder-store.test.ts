import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { storeContract } from '../../test/contract.ts';
import { openStore } from '../index.ts';
import { folderFault } from './faults.ts';

storeContract('a folder', async () => {
  const path = await mkdtemp(join(tmpdir(), 'godwit-store-'));
  return { store: openStore({ kind: 'folder', path }), close: () => rm(path, { recursive: true, force: true }) };
});

test('a folder that does not exist is named, and not made', async () => {
  const store = openStore({ kind: 'folder', path: '/nonexistent/share' });
  await expect(store.put('a', 'x')).rejects.toMatchObject({
    fault: 'bucket-missing',
    message: expect.stringContaining('mkdir -p /nonexistent/share'),
  });
});

test('a place where no folder can be made is refused at once', async () => {
  await expect(openStore({ kind: 'folder', path: '/proc' }).put('a/b/c', 'x')).rejects.toThrow('Could not store a/b/c in /proc: ENOENT');
});

test('what is stored in a folder, which may hold Secrets, is readable for nobody else', async () => {
  const path = await mkdtemp(join(tmpdir(), 'godwit-store-'));
  await openStore({ kind: 'folder', path }).put('backups/b/b.tar.gz', 'x');
  const modes = await Promise.all(['backups', 'backups/b', 'backups/b/b.tar.gz'].map((key) => stat(join(path, key))));
  expect(modes.map(({ mode }) => mode & 0o777)).toEqual([0o700, 0o700, 0o600]);
  await rm(path, { recursive: true });
});

test.each([
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  ['EROFS', 'read-only'],
  ['EACCES', 'access-denied'],
  ['EIO', 'other'],
])('%s is the fault %s', (code, fault) => {
  expect(folderFault(Object.assign(new Error(code), { code }), 'store x', '/backups').fault).toBe(fault);
});
