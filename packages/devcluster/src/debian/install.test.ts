import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { missingPackages } from './install.ts';
import { DEBIAN_PACKAGES } from './packages.ts';
import { removePolicy, withoutDaemons } from './policy.ts';

const folder = mkdtempSync(join(tmpdir(), 'godwit-debian-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('only packages whose file is absent are missing', () => {
  const wanted = [
    { name: 'runc', brings: 'runc' },
    { name: 'containernetworking-plugins', brings: '/usr/lib/cni/ptp' },
  ];
  expect(missingPackages(wanted, (file) => file === 'runc')).toEqual(['containernetworking-plugins']);
});

test('each package is listed once', () => {
  const names = DEBIAN_PACKAGES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test('daemons are forbidden for the length of an installation, also of one that fails', async () => {
  const path = join(folder, 'policy');
  const failing = withoutDaemons(async () => {
    expect(readFileSync(path, 'utf8')).toMatch(/exit 101\n$/);
    expect(statSync(path).mode & 0o111).toBe(0o111);
    throw new Error('no network');
  }, path);
  await expect(failing).rejects.toThrow('no network');
  expect(existsSync(path)).toBe(false);
});

test("the machine's own policy is neither replaced nor removed", async () => {
  const path = join(folder, 'own');
  writeFileSync(path, '#!/bin/sh\nexit 0\n');
  await withoutDaemons(async () => {}, path);
  removePolicy(path);
  expect(readFileSync(path, 'utf8')).toBe('#!/bin/sh\nexit 0\n');
});
