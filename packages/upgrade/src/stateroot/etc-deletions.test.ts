import { existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deleteFromEtc, parseEtcDeletions } from './etc-deletions.ts';

const deploymentWith = (...names: readonly string[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'godwit-etc-'));
  for (const etc of ['etc', 'usr/etc']) {
    mkdirSync(join(folder, etc), { recursive: true });
    for (const name of names) writeFileSync(join(folder, etc, name), '');
  }
  return folder;
};

test('files, links and folders go, and a second time nothing is missed', async () => {
  const folder = deploymentWith('motd', 'issue');
  for (const etc of ['etc', 'usr/etc']) mkdirSync(join(folder, etc, 'd/e'), { recursive: true });
  symlinkSync('nowhere', join(folder, 'etc/link'));
  symlinkSync('nowhere', join(folder, 'usr/etc/link'));
  const paths = parseEtcDeletions('/etc/motd\n/etc/link\n/etc/d\n/etc/d/e\n');
  await deleteFromEtc(folder, paths);
  await deleteFromEtc(folder, paths);
  expect(readdirSync(join(folder, 'etc'))).toEqual(['issue']);
});

test('a path that was never there is an error', async () => {
  await expect(deleteFromEtc(deploymentWith('motd'), ['/etc/none'])).rejects.toThrow(
    'The seed wants /etc/none deleted, which is not there',
  );
});

test.each(['/usr/bin/sh', '/etc/../usr/bin/sh', 'etc/motd', '/etc/', '/etcetera'])('%s is refused', (path) => {
  expect(() => parseEtcDeletions(`/etc/motd\n${path}\n`)).toThrow('which is not in /etc');
});

test('a link that leads out of /etc is not followed', async () => {
  const folder = deploymentWith();
  mkdirSync(join(folder, 'var'));
  writeFileSync(join(folder, 'var/kept'), '');
  symlinkSync('../var', join(folder, 'etc/out'));
  await expect(deleteFromEtc(folder, ['/etc/out/kept'])).rejects.toThrow('leads out of /etc by a link');
  expect(existsSync(join(folder, 'var/kept'))).toBe(true);
});
