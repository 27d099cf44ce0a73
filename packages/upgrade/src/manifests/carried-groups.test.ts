import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportGroups, loadGroups, manifestNames, restoreNames, trailingNumber } from './carried-groups.ts';
import { filesOf, manifestsOf } from './config-maps.ts';
import type { Manifest } from './manifest.ts';
import { groupsOf, waveProblem } from './waves.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'godwit-groups-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const object = (kind: string, name: string, more: { namespace?: string; wave?: string } = {}): Manifest => ({
  apiVersion: 'v1',
  kind,
  metadata: {
    name,
    ...(more.namespace && { namespace: more.namespace }),
    ...(more.wave && { annotations: { 'lca.openshift.io/apply-wave': more.wave } }),
  },
});
const textOf = (...objects: Manifest[]): string => objects.map((each) => JSON.stringify(each)).join('\n---\n');
const namesIn = (groups: readonly (readonly Manifest[])[]) => groups.map((group) => group.map(({ metadata }) => metadata.name));

test('T25 waves over three ConfigMaps become numbered groups of numbered files', async () => {
  const namespace = 'openshift-sriov-network-operator';
  const files = [
    filesOf('cm1', { a: textOf(object('SriovNetwork', 'sriov-nw-fh', { namespace: `${namespace}-test`, wave: '10' })) }),
    filesOf('cm2', {
      a: textOf(
        object('SriovNetworkNodePolicy', 'sriov-nnp-fh', { namespace, wave: '3' }),
        object('SriovNetwork', 'sriov-nw-mh', { namespace, wave: '1' }),
      ),
    }),
    filesOf('cm3', { a: textOf(object('SriovNetworkNodePolicy', 'sriov-nnp-mh', { namespace, wave: '1' })) }),
  ].flat();
  const groups = groupsOf(manifestsOf({ files, missing: [] }));
  await exportGroups(join(folder, 'extra-manifests'), groups, manifestNames);
  const written = readdirSync(join(folder, 'extra-manifests'), { recursive: true }).map(String);
  expect(written.filter((name) => name.endsWith('.yaml')).sort()).toEqual([
    `group1/1_SriovNetworkNodePolicy_sriov-nnp-mh_${namespace}.yaml`,
    `group1/2_SriovNetwork_sriov-nw-mh_${namespace}.yaml`,
    `group2/1_SriovNetworkNodePolicy_sriov-nnp-fh_${namespace}.yaml`,
    `group3/1_SriovNetwork_sriov-nw-fh_${namespace}-test.yaml`,
  ]);
  expect(await loadGroups(join(folder, 'extra-manifests'), manifestNames)).toEqual(groups);
});

test('D-I3 and G-I11 a group of twelve and twelve groups come back in the order of their numbers', async () => {
  const many = Array.from({ length: 12 }, (_, at) => object('ConfigMap', `m${String(at + 1).padStart(2, '0')}`));
  await exportGroups(join(folder, 'one'), [many], manifestNames);
  expect(namesIn(await loadGroups(join(folder, 'one'), manifestNames))).toEqual(namesIn([many]));
  const each = many.map((one) => [one]);
  await exportGroups(join(folder, 'twelve'), each, manifestNames);
  expect(namesIn(await loadGroups(join(folder, 'twelve'), manifestNames))).toEqual(namesIn(each));
});

test('T37 twelve folders of restores load in the order of their numbers', async () => {
  for (let at = 12; at > 0; at -= 1) {
    mkdirSync(join(folder, `restore${at}`));
    writeFileSync(
      join(folder, `restore${at}`, `1_r${at}_openshift-adp.yaml`),
      `apiVersion: velero.io/v1\nkind: Restore\nmetadata: {name: r${at}}\n`,
    );
  }
  const names = Array.from({ length: 12 }, (_, at) => [`r${at + 1}`]);
  expect(namesIn(await loadGroups(folder, restoreNames))).toEqual(names);
});

test.each([
  ['restore1', 1],
  ['restore10', 10],
  ['restore123', 123],
  ['group2', 2],
  ['restore', 0],
  ['restore1test', 0],
])('T37 the number at the end of %s is %d', (name, number) => {
  expect(trailingNumber(name)).toBe(number);
});

test('texts that look like something else, and what a server gave, survive as they should', async () => {
  const tricky = {
    ...object('ConfigMap', 'tricky'),
    data: { a: 'yes', b: '0644', c: '2030-01-01', d: 'null', e: '12:30', f: '1e3', g: 'off', h: '~' },
  };
  const served = { ...tricky, metadata: { ...tricky.metadata, uid: 'u', resourceVersion: '7', managedFields: [] } };
  await exportGroups(join(folder, 'x'), [[served]], manifestNames);
  expect(await loadGroups(join(folder, 'x'), manifestNames)).toEqual([[tricky]]);
});

test('a name cannot leave its folder, and a second export leaves nothing of the first', async () => {
  const target = join(folder, 'x/y');
  await exportGroups(target, [[object('A', '../../../escape')], [object('B', 'b')]], manifestNames);
  expect(readdirSync(join(target, 'group1'))).toEqual(['1_A_..-..-..-escape_.yaml']);
  await exportGroups(target, [[object('C', 'c')]], manifestNames);
  expect(readdirSync(target)).toEqual(['group1']);
  await exportGroups(target, [], manifestNames);
  expect(readdirSync(join(folder, 'x'))).toEqual([]);
  expect(await loadGroups(target, manifestNames)).toEqual([]);
});

test('what has no wave comes last, ties go by name, and namespaces before what may lie in them', () => {
  const groups = groupsOf([
    object('ConfigMap', 'late'),
    object('ConfigMap', 'b', { wave: '2' }),
    object('Namespace', 'z', { wave: '2' }),
    object('ConfigMap', 'a', { wave: '2' }),
    object('ConfigMap', 'first', { wave: '-1' }),
    object('ConfigMap', 'ten', { wave: '10' }),
  ]);
  expect(namesIn(groups)).toEqual([['first'], ['z', 'a', 'b'], ['ten'], ['late']]);
});

test.each([
  ['1', undefined],
  ['-4', undefined],
  ['', undefined],
  ['1.5', /whole number/],
  ['first', /"first"/],
])('the wave %j', (wave, problem) => {
  const found = waveProblem([object('A', 'a', { wave })]);
  if (problem === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(problem);
});
