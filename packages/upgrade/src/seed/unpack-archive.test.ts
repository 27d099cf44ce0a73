import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { runHere } from '../host/run.ts';
import { unpackArchive } from './unpack-archive.ts';

const { signal } = new AbortController();
const means = { run: runHere, host: { freeSpace: async () => ({ total: 8e9, free: 4e9 }) } };

let room: string;
let archive: string;

beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'godwit-unpack-'));
  archive = join(room, 'seed.tgz');
  for (const folder of ['from/var', 'from/etc', 'to']) mkdirSync(join(room, folder), { recursive: true });
  writeFileSync(join(room, 'from/var/large'), Buffer.alloc(3_000_000, 'godwit '));
  writeFileSync(join(room, 'from/etc/small'), 'small');
  execFileSync('tar', ['czf', archive, '-C', join(room, 'from'), 'var', 'etc']);
});

test('everything of an archive is unpacked, or one member alone', async () => {
  const folder = join(room, 'to');
  await unpackArchive(means, { archive, folder, member: 'var' }, signal);
  expect(readdirSync(folder)).toEqual(['var']);
  await unpackArchive(means, { archive, folder }, signal);
  expect(readdirSync(folder)).toEqual(['etc', 'var']);
  expect(readFileSync(join(folder, 'var/large')).equals(readFileSync(join(room, 'from/var/large')))).toBe(true);
});

test('an archive that is cut, is none, or is not there is refused with its reason', async () => {
  const unpacking = { archive, folder: join(room, 'to') };
  truncateSync(archive, 100);
  await expect(unpackArchive(means, unpacking, signal)).rejects.toThrow('got no whole input: unexpected end of file');
  writeFileSync(archive, 'no archive');
  await expect(unpackArchive(means, unpacking, signal)).rejects.toThrow('got no whole input: incorrect header check');
  await expect(unpackArchive(means, { ...unpacking, archive: join(room, 'none.tgz') }, signal)).rejects.toThrow('no such file');
});

test('an archive that would fill the disk is refused with a next step', async () => {
  const full = { ...means, host: { freeSpace: async () => ({ total: 8e9, free: 0.94e9 }) } };
  const folder = join(room, 'to');
  await expect(unpackArchive(full, { archive, folder }, signal)).rejects.toThrow(
    `The seed image cannot be unpacked: ${folder} has 0.9 GB free, and 1.0 GB are left to the release that runs. Free some space, `,
  );
});
