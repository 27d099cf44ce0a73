import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { silent } from '../progress.ts';
import { findPrograms } from './programs.ts';
import { cacheFolder, sourceHash } from './source.ts';

const assets = mkdtempSync(join(tmpdir(), 'godwit-assets-'));
afterAll(() => rmSync(assets, { recursive: true }));

test('programs of the folder that KUBEBUILDER_ASSETS names are used as they are', async () => {
  for (const name of ['etcd', 'kubectl']) writeFileSync(join(assets, name), '');
  const programs = await findPrograms(['etcd', 'kubectl'], silent, { KUBEBUILDER_ASSETS: assets });
  expect(programs('kubectl')).toBe(join(assets, 'kubectl'));
});

test('a program that nobody asked to find is named with its folder', async () => {
  const programs = await findPrograms(['etcd'], silent, { KUBEBUILDER_ASSETS: assets });
  expect(() => programs('kubelet')).toThrow(`kubelet is missing in ${assets}`);
});

test.each([
  ['the cache that the user set', { XDG_CACHE_HOME: '/var/cache' }, '/var/cache/godwit'],
  ['an empty setting is none', { XDG_CACHE_HOME: '' }, expect.stringMatching(/\/\.cache\/godwit$/)],
])('the cache lies outside of the checkout: %s', (_title, env, folder) => {
  expect(cacheFolder(env)).toEqual(folder);
});

test('the hash changes with any text, and with where one ends', () => {
  const hashes = [['a', 'b'], ['ab', ''], ['a', 'c'], ['a']].map(sourceHash);
  expect(new Set(hashes).size).toBe(4);
  expect(hashes[0]).toMatch(/^[0-9a-f]{16}$/);
});
