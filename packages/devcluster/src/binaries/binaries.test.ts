import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { silent } from '../progress.ts';
import { type Crd, inStoredVersion, readClusterApiCrds, writeClusterApiCrds } from './cluster-api-crds.ts';
import { findPrograms, HOSTED_PROGRAMS } from './programs.ts';
import { cacheFolder, sourceHash } from './source.ts';

const assets = mkdtempSync(join(tmpdir(), 'godwit-assets-'));
afterAll(() => rmSync(assets, { recursive: true }));

test('programs of the folder that KUBEBUILDER_ASSETS names are used as they are', async () => {
  for (const name of ['etcd', 'kubectl']) writeFileSync(join(assets, name), '');
  const programs = await findPrograms(['etcd', 'kubectl'], silent, { KUBEBUILDER_ASSETS: assets });
  expect(programs('kubectl')).toBe(join(assets, 'kubectl'));
});

test('what hosted control planes need is taken from that folder too', async () => {
  for (const name of HOSTED_PROGRAMS) writeFileSync(join(assets, name), '');
  const programs = await findPrograms(HOSTED_PROGRAMS, silent, { KUBEBUILDER_ASSETS: assets });
  expect(HOSTED_PROGRAMS.map(programs)).toEqual(HOSTED_PROGRAMS.map((name) => join(assets, name)));
});

const crd: Crd = {
  metadata: { name: 'machines.cluster.x-k8s.io' },
  spec: {
    conversion: { strategy: 'Webhook' },
    versions: [
      { name: 'v1beta1', served: true, storage: false },
      { name: 'v1beta2', served: true, storage: true },
    ],
  },
};

test('a kind that no webhook converts is served in its stored version only', () => {
  expect(inStoredVersion(crd).spec).toEqual({
    versions: [
      { name: 'v1beta1', served: false, storage: false },
      { name: 'v1beta2', served: true, storage: true },
    ],
  });
});

test('the CRDs of a folder are gathered in one file', () => {
  const [folder, path] = [join(assets, 'bases'), join(assets, 'crds.json')];
  mkdirSync(folder);
  writeFileSync(join(folder, 'machines.yaml'), JSON.stringify(crd));
  writeFileSync(join(folder, 'README.md'), 'no CRD');
  writeClusterApiCrds(folder, path);
  expect(readClusterApiCrds(path)).toEqual([inStoredVersion(crd)]);
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
