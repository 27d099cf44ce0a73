import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { shopFiles, shopManifests } from './manifests.ts';
import { SHOP, SMALL_SHOP } from './options.ts';

const HEADER = '# Rendered from the TypeScript beside this folder; `vitest run --project unit -u examples` writes it again.\n';

test.each(Object.entries(shopFiles()))('manifests/%s.yaml holds what the generator makes', async (name, manifests) => {
  const text = HEADER + manifests.map((manifest) => stringify(manifest, { lineWidth: 0, aliasDuplicateObjects: false })).join('---\n');
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, 'manifests', `${name}.yaml`));
});

test('the shop has one of everything that a migration must carry', () => {
  const kinds = new Set(shopManifests().map(({ kind }) => kind));
  const workloads = ['StatefulSet', 'Deployment', 'CronJob', 'HorizontalPodAutoscaler', 'PodDisruptionBudget'];
  const access = ['ServiceAccount', 'Role', 'RoleBinding'];
  expect(kinds).toEqual(
    new Set([
      'Namespace',
      'CustomResourceDefinition',
      'Promotion',
      'ConfigMap',
      'Service',
      'PersistentVolumeClaim',
      ...workloads,
      ...access,
    ]),
  );
});

test('no password is written anywhere', () => {
  expect(shopManifests().filter(({ kind }) => kind === 'Secret')).toEqual([]);
});

test('every object but the foundations is in the namespace shop', () => {
  const outside = shopManifests().filter(({ metadata }) => metadata.namespace !== 'shop');
  expect(outside.map(({ kind }) => kind)).toEqual(['Namespace', 'CustomResourceDefinition']);
});

test('the names of all objects of a kind differ', () => {
  const keys = shopManifests().map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  expect(keys).toEqual([...new Set(keys)]);
});

test('a smaller shop differs in the sizes only', () => {
  const small = JSON.stringify(shopManifests(SMALL_SHOP));
  const same = small
    .replace(`"value":"${SMALL_SHOP.rows}"`, `"value":"${SHOP.rows}"`)
    .replace(`"value":"${SMALL_SHOP.files}"`, `"value":"${SHOP.files}"`)
    .replace(`"value":"${SMALL_SHOP.bigFileMegabytes}"`, `"value":"${SHOP.bigFileMegabytes}"`);
  expect(same).toBe(JSON.stringify(shopManifests()));
});
