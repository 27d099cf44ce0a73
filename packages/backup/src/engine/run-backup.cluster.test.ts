import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CustomResourceDefinition, Deployment, Namespace, PersistentVolume, PersistentVolumeClaim, Pod, Secret } from '@godwit/api';
import { systemClock } from '@godwit/controller';
import { resource } from '@godwit/kube';
import { openStore } from '@godwit/objectstore';
import { aDeployment, clusterPair, eventually } from '@godwit/testkit';
import { beforeAll, expect, test } from 'vitest';
import { type BackupSpec, readBackup, runBackup } from '../index.ts';

const { host: client } = await clusterPair();
const path = await mkdtemp(join(tmpdir(), 'godwit-backups-'));
const store = openStore({ kind: 'folder', path });
const WIDGETS = resource('example.com/v1', 'Widget', 'widgets');

const aPod = (namespace: string, name: string, labels: Record<string, string> = {}, finalizers: string[] = []): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace, name, labels, finalizers },
  spec: { containers: [{ name: 'main', image: 'registry.example/web:1' }] },
});
const aVolume = (name: string, labels: Record<string, string> = {}): PersistentVolume => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name, labels },
  spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/data' }, storageClassName: 'manual' },
});
const aClaim: PersistentVolumeClaim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { namespace: 'foo', name: 'claim' },
  spec: { accessModes: ['ReadWriteOnce'], volumeName: 'test1', storageClassName: 'manual', resources: { requests: { storage: '1Gi' } } },
};
const anyObject = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } as const;
const aDefinition: CustomResourceDefinition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: anyObject } }],
  },
} as CustomResourceDefinition;

beforeAll(async () => {
  await client.create(CustomResourceDefinition, aDefinition);
  for (const name of ['foo', 'zoo', 'odd']) await client.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  await client.create(Pod, aPod('foo', 'bar', { a: 'b' }));
  await client.create(Pod, aPod('zoo', 'raz'));
  await client.create(Deployment, aDeployment('foo/bar'));
  const labelled = aDeployment('zoo/raz');
  await client.create(Deployment, { ...labelled, metadata: { ...labelled.metadata, labels: { a: 'b' } } });
  for (const volume of [aVolume('bar', { a: 'b' }), aVolume('baz', { a: 'c' }), aVolume('test1'), aVolume('test2')])
    await client.create(PersistentVolume, volume);
  await client.create(PersistentVolumeClaim, aClaim);
  await client.create(Secret, { apiVersion: 'v1', kind: 'Secret', metadata: { namespace: 'zoo', name: 's' } });
  await eventually(() =>
    client.create(WIDGETS, { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { namespace: 'foo', name: 'w' } }),
  ).toBeDefined();
});

let count = 0;
const back = async (spec: BackupSpec) => {
  const name = `backup-${++count}`;
  const backup = { apiVersion: 'velero.io/v1', kind: 'Backup', metadata: { name, namespace: 'velero' }, spec };
  const status = await runBackup(backup, { client, store, clock: systemClock });
  const stored = await readBackup(store, name);
  const archive = await stored?.open();
  await archive?.close();
  return { name, status, stored, items: archive?.items ?? [], paths: [...(archive?.checksums.keys() ?? [])] };
};

const OURS = ['bar', 'baz', 'test1', 'test2', 'widgets.example.com', 'foo', 'zoo'];
const contents = async (spec: BackupSpec): Promise<string[]> => {
  const { items } = await back(spec);
  const ours = items.filter(({ namespace, name }) => (namespace === '' ? OURS.includes(name) : ['foo', 'zoo'].includes(namespace)));
  return ours.map(({ resource: gr, namespace, name }) => `${gr.split('.')[0]} ${namespace === '' ? name : `${namespace}/${name}`}`).sort();
};

const foo = ['deployments foo/bar', 'namespaces foo', 'persistentvolumeclaims foo/claim', 'pods foo/bar', 'widgets foo/w'];
const zoo = ['deployments zoo/raz', 'namespaces zoo', 'pods zoo/raz', 'secrets zoo/s'];
const volumes = ['persistentvolumes bar', 'persistentvolumes baz', 'persistentvolumes test1', 'persistentvolumes test2'];
const definition = 'customresourcedefinitions widgets.example.com';
const everything = [...foo, ...zoo, ...volumes, definition];
const both = { includedNamespaces: ['foo', 'zoo'] };

type Case = [number: string, what: string, spec: BackupSpec, expected: string[]];
test.each<Case>([
  ['B1', 'everything without filters, with its cluster-scoped objects', {}, everything],
  ['B2', 'one resource', { ...both, includedResources: ['pods'] }, ['pods foo/bar', 'pods zoo/raz', 'namespaces foo', 'namespaces zoo']],
  [
    'B4',
    'one namespace, with the volume of its claim and the definition of its custom object',
    { includedNamespaces: ['foo'] },
    [...foo, 'persistentvolumes test1', definition],
  ],
  ['B5', 'all but one namespace', { excludedNamespaces: ['zoo'] }, [...foo, 'persistentvolumes test1', definition]],
  [
    'B7',
    'a label on objects of all scopes',
    { labelSelector: { matchLabels: { a: 'b' } } },
    ['pods foo/bar', 'deployments zoo/raz', 'persistentvolumes bar', 'namespaces foo', 'namespaces zoo'],
  ],
  [
    'B12',
    'all cluster-scoped objects on request',
    { includedNamespaces: ['foo'], includeClusterResources: true },
    [...foo, ...volumes, definition],
  ],
  ['B14', 'no cluster-scoped objects when refused', { includeClusterResources: false }, [...foo, ...zoo]],
  [
    'B15',
    'everything where * stands beside a name',
    { ...both, includedResources: ['*', 'pods'] },
    [...foo, ...zoo, 'persistentvolumes test1', definition],
  ],
  [
    'B17',
    'known resources beside unknown ones',
    { ...both, includedResources: ['pods', 'unresolvable'] },
    ['pods foo/bar', 'pods zoo/raz', 'namespaces foo', 'namespaces zoo'],
  ],
  ['B17', 'nothing for unknown resources', { ...both, includedResources: ['unresolvable-1'] }, ['namespaces foo', 'namespaces zoo']],
  ['B21', 'a custom object without its definition', { includedNamespaces: ['foo'], includeClusterResources: false }, foo],
  [
    'B28',
    'a volume that a claim needs',
    { includedNamespaces: ['foo'], includedResources: ['pvc', 'pv'] },
    ['persistentvolumeclaims foo/claim', 'persistentvolumes test1', 'namespaces foo'],
  ],
  [
    'B29',
    'no volume where claims alone are wanted',
    { includedNamespaces: ['foo'], includedResources: ['pvc'] },
    ['persistentvolumeclaims foo/claim', 'namespaces foo'],
  ],
  [
    'B34',
    'only cluster-scoped objects',
    { includedClusterScopedResources: ['*'], excludedNamespaceScopedResources: ['*'] },
    [...volumes, definition, 'namespaces foo', 'namespaces zoo'],
  ],
  ['B35', 'no cluster-scoped objects', { excludedClusterScopedResources: ['*'], ...both }, [...foo, ...zoo]],
  [
    'B35',
    'no cluster-scoped objects and two resources',
    { excludedClusterScopedResources: ['*'], includedNamespaceScopedResources: ['pods', 'deployments'] },
    ['deployments foo/bar', 'deployments zoo/raz', 'pods foo/bar', 'pods zoo/raz', 'namespaces foo', 'namespaces zoo'],
  ],
  [
    'B37',
    'definitions and a bound volume',
    { includedNamespaces: ['foo'], includedClusterScopedResources: ['customresourcedefinitions'] },
    [...foo, 'persistentvolumes test1', definition],
  ],
  [
    'B38',
    'all cluster-scoped objects but definitions',
    {
      includedNamespaces: ['foo'],
      includedNamespaceScopedResources: ['pods', 'persistentvolumeclaims'],
      includedClusterScopedResources: ['*'],
      excludedClusterScopedResources: ['customresourcedefinitions'],
    },
    ['pods foo/bar', 'persistentvolumeclaims foo/claim', 'namespaces foo', ...volumes],
  ],
  [
    'B40',
    'secrets and namespaces',
    { includedNamespaces: ['*'], includedNamespaceScopedResources: ['secrets'] },
    ['secrets zoo/s', 'namespaces foo', 'namespaces zoo'],
  ],
  ['B41', 'everything', { includedNamespaces: ['*'], includedNamespaceScopedResources: ['*'] }, everything],
  [
    'B44',
    'either of two labels',
    { orLabelSelectors: [{ matchLabels: { a: 'b' } }, { matchLabels: { a: 'c' } }] },
    ['pods foo/bar', 'deployments zoo/raz', 'persistentvolumes bar', 'persistentvolumes baz', 'namespaces foo', 'namespaces zoo'],
  ],
])('%s takes %s', async (_number, _what, spec, expected) => {
  expect(await contents(spec)).toEqual(expected.toSorted());
});

test('B46 a pattern that matches nothing leaves only the version', async () => {
  expect((await back({ includedNamespaces: ['invalid*'] })).paths).toEqual(['metadata/version']);
});

test('B1 B24 both paths of every object, pods before claims before volumes before the rest', async () => {
  const { paths } = await back({ includedNamespaces: ['foo'] });
  expect(paths).toMatchInlineSnapshot(`
    [
      "metadata/version",
      "resources/pods/namespaces/foo/bar.json",
      "resources/pods/v1-preferredversion/namespaces/foo/bar.json",
      "resources/persistentvolumeclaims/namespaces/foo/claim.json",
      "resources/persistentvolumeclaims/v1-preferredversion/namespaces/foo/claim.json",
      "resources/persistentvolumes/cluster/test1.json",
      "resources/persistentvolumes/v1-preferredversion/cluster/test1.json",
      "resources/deployments.apps/namespaces/foo/bar.json",
      "resources/deployments.apps/v1-preferredversion/namespaces/foo/bar.json",
      "resources/widgets.example.com/namespaces/foo/w.json",
      "resources/widgets.example.com/v1-preferredversion/namespaces/foo/w.json",
      "resources/customresourcedefinitions.apiextensions.k8s.io/cluster/widgets.example.com.json",
      "resources/customresourcedefinitions.apiextensions.k8s.io/v1-preferredversion/cluster/widgets.example.com.json",
      "resources/namespaces/cluster/foo.json",
      "resources/namespaces/v1-preferredversion/cluster/foo.json",
    ]
  `);
});

test('B9 B11 B18 what is labelled out or leaving stays out', async () => {
  const label = 'velero.io/exclude-from-backup';
  await client.create(Pod, aPod('odd', 'out', { [label]: 'true' }));
  for (const [name, value] of [
    ['no', 'false'],
    ['one', '1'],
    ['empty', ''],
  ] as const)
    await client.create(Pod, aPod('odd', name, { [label]: value }));
  await client.create(Pod, aPod('odd', 'leaving', {}, ['example.com/wait']));
  await client.delete(Pod, { namespace: 'odd', name: 'leaving' });
  const { items } = await back({ includedNamespaces: ['odd'], includedResources: ['pods'] });
  expect(items.filter(({ namespace }) => namespace === 'odd').map(({ name }) => name)).toEqual(['empty', 'no', 'one']);
});

test('2.4 a namespace that is named but missing makes the backup partial', async () => {
  const { status, stored } = await back({ includedNamespaces: ['foo', 'missing'] });
  expect(status).toMatchObject({ phase: 'PartiallyFailed', errors: 1 });
  expect((await stored?.results())?.errors).toEqual({ namespaces: { missing: ['namespace missing does not exist'] } });
});

test('C5 stores all parts, and refuses a name that is taken', async () => {
  const { name, stored } = await back({ includedNamespaces: ['zoo'], includedResources: ['secrets'] });
  const keys: string[] = [];
  for await (const { key } of store.list(`backups/${name}/`)) keys.push(key.slice(`backups/${name}/`.length));
  const parts = [
    '-godwit-manifest.json.gz',
    '-itemoperations.json.gz',
    '-logs.gz',
    '-podvolumebackups.json.gz',
    '-resource-list.json.gz',
    '-results.gz',
    '-volumeinfo.json.gz',
    '-volumesnapshots.json.gz',
    '.tar.gz',
  ];
  expect(keys).toEqual([...parts.map((part) => name + part), 'velero-backup.json']);
  expect(await stored?.resourceList()).toEqual({ 'v1/Namespace': ['zoo'], 'v1/Secret': ['zoo/s'] });
  const again = { apiVersion: 'velero.io/v1', kind: 'Backup', metadata: { name }, spec: {} };
  await expect(runBackup(again, { client, store, clock: systemClock })).rejects.toMatchObject({ name: 'BackupExistsError' });
});

test('G-B2 a canceled backup leaves nothing behind', async () => {
  const backup = { apiVersion: 'velero.io/v1', kind: 'Backup', metadata: { name: 'canceled', namespace: 'velero' }, spec: {} };
  await expect(runBackup(backup, { client, store, clock: systemClock, signal: AbortSignal.abort() })).rejects.toThrow();
  expect(await store.folders('backups')).not.toContain('canceled');
});

test('volumes whose data is not copied are recorded as skipped (G-B38)', async () => {
  const { stored } = await back({ includedNamespaces: ['foo'] });
  expect(await stored?.volumeInfo()).toMatchObject([
    { pvcName: 'claim', pvName: 'test1', skipped: true, pvInfo: { reclaimPolicy: 'Retain' } },
  ]);
});
