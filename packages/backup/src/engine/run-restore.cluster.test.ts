import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import {
  ConfigMap,
  CustomResourceDefinition,
  type InventoryEntry,
  Namespace,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  Secret,
  ServiceAccount,
} from '@godwit/api';
import { systemClock } from '@godwit/controller';
import { type KubeObject, resource, type ServedResource } from '@godwit/kube';
import { openStore } from '@godwit/objectstore';
import { clusterPair } from '@godwit/testkit';
import { expect, test } from 'vitest';
import { archiveWriter } from '../archive/archive-writer.ts';
import { backupKeys, restoreKeys } from '../archive/keys.ts';
import { downloadJson, uploadGzip, uploadJson } from '../archive/upload.ts';
import { type Outcome, type RestoreSpec, runBackup, runRestore } from '../index.ts';

const { host: client } = await clusterPair();
const path = await mkdtemp(join(tmpdir(), 'godwit-restores-'));
const store = openStore({ kind: 'folder', path });
const WIDGETS = resource('example.com/v1', 'Widget', 'widgets');
const DEFINITIONS = resource('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions', 'Cluster');

const served = (kind: {
  group: string;
  version: string;
  kind: string;
  plural: string;
  scope: 'Namespaced' | 'Cluster';
}): ServedResource => ({
  ...kind,
  singular: '',
  shortNames: [],
  verbs: [],
  subresources: [],
  preferred: true,
});

/** Stores a backup made of literals, as another engine might have written it: without manifest. */
const stored = async (name: string, objects: readonly (readonly [Parameters<typeof served>[0], KubeObject])[]) => {
  const writer = archiveWriter(() => {}, new Date(0));
  const upload = uploadGzip(store, backupKeys(name).contents, writer.stream);
  for (const [kind, object] of objects) await writer.add(served(kind), object);
  await writer.finish();
  await upload;
  await store.put(backupKeys(name).metadata, JSON.stringify({ apiVersion: 'velero.io/v1', kind: 'Backup', metadata: { name }, spec: {} }));
};
let count = 0;
const restored = async (backupName: string, spec: RestoreSpec = {}, metadata: object = {}) => {
  const name = `restore-${++count}`;
  const restore = {
    apiVersion: 'velero.io/v1',
    kind: 'Restore',
    metadata: { name, namespace: 'velero', ...metadata },
    spec: { backupName, ...spec },
  };
  return { name, ...(await runRestore(restore, { client, store, clock: systemClock })) };
};
const actions = (outcomes: readonly Outcome[]) =>
  outcomes.map(({ resource: gr, namespace, name, action }) => `${gr} ${namespace}/${name} ${action}`);

const of = (kind: string, namespace: string, name: string, rest: object = {}, metadata: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { namespace, name, ...metadata },
  ...rest,
});
const spec = { containers: [{ name: 'main', image: 'registry.example/web:1' }] };
const claimSpec = { accessModes: ['ReadWriteOnce'], storageClassName: '', resources: { requests: { storage: '1Gi' } } };
const volumeSpec = { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/d' } };

test('R4 R5 R10 pods go to mapped namespaces, labelled, and mirror pods stay out', async () => {
  await stored('pods', [
    [
      Pod,
      of('Pod', 'ns-1', 'pod-1', { spec, status: { phase: 'Running' } }, { uid: 'old', labels: { a: 'b' }, finalizers: ['example.com/f'] }),
    ],
    [Pod, of('Pod', 'ns-2', 'pod-2', { spec })],
    [Pod, of('Pod', 'ns-3', 'mirror', { spec }, { annotations: { 'kubernetes.io/config.mirror': 'x' } })],
  ]);
  const { name, outcomes, status } = await restored('pods', { namespaceMapping: { 'ns-1': 'mapped-1' } });
  expect(status).toMatchObject({ phase: 'Completed', progress: { totalItems: 6, itemsRestored: 6 } });
  expect(actions(outcomes)).toEqual([
    'namespaces /mapped-1 created',
    'namespaces /ns-2 created',
    'namespaces /ns-3 created',
    'pods mapped-1/pod-1 created',
    'pods ns-2/pod-2 created',
    'pods ns-3/mirror skipped',
  ]);
  const pod = await client.get(Pod, { namespace: 'mapped-1', name: 'pod-1' });
  expect(pod?.metadata).toMatchObject({
    labels: { a: 'b', 'velero.io/backup-name': 'pods', 'velero.io/restore-name': name },
    finalizers: ['example.com/f'],
  });
  expect(pod?.metadata.uid).not.toBe('old');
  expect(await downloadJson(store, restoreKeys(name).resourceList)).toMatchObject({
    'v1/Pod': ['mapped-1/pod-1(created)', 'ns-2/pod-2(created)'],
  });
  const inventory = await downloadJson<InventoryEntry[]>(store, restoreKeys(name).inventory);
  expect(inventory?.find((entry) => entry.name === 'pod-1')).toMatchObject({ kind: 'Pod', namespace: 'mapped-1', uid: pod?.metadata.uid });
});

test('R14 existing service accounts are merged, and equal ones are left as they are', async () => {
  await client.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'sa' } });
  await client.create(ServiceAccount, of('ServiceAccount', 'sa', 'same') as ServiceAccount);
  await client.create(ServiceAccount, of('ServiceAccount', 'sa', 'less', { imagePullSecrets: [{ name: 'live' }] }) as ServiceAccount);
  await stored('accounts', [
    [ServiceAccount, of('ServiceAccount', 'sa', 'same')],
    [ServiceAccount, of('ServiceAccount', 'sa', 'less', { imagePullSecrets: [{ name: 'more' }] })],
  ]);
  const { outcomes, status } = await restored('accounts');
  expect(actions(outcomes)).toEqual(['namespaces /sa skipped', 'serviceaccounts sa/less updated', 'serviceaccounts sa/same skipped']);
  expect(status.warnings).toBeUndefined();
  expect(await client.get(ServiceAccount, { namespace: 'sa', name: 'less' })).toMatchObject({
    imagePullSecrets: [{ name: 'live' }, { name: 'more' }],
  });
  expect((await client.get(ServiceAccount, { namespace: 'sa', name: 'same' }))?.metadata.labels).toBeUndefined();
});

test('R16 R17 a differing Secret is a warning, and is replaced with policy update', async () => {
  await client.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'existing' } });
  await client.create(Secret, of('Secret', 'existing', 's', { data: { foo: 'YQ==' } }) as Secret);
  await client.create(
    ConfigMap,
    of('ConfigMap', 'existing', 'c', { data: { a: 'b' } }, { labels: { 'velero.io/restore-name': 'bar' } }) as ConfigMap,
  );
  await stored('existing', [
    [Secret, of('Secret', 'existing', 's', { data: { 'key-1': 'Yg==' }, type: 'Opaque' })],
    [ConfigMap, of('ConfigMap', 'existing', 'c', { data: { a: 'b' } })],
  ]);
  const first = await restored('existing');
  expect(first.status).toMatchObject({ phase: 'Completed', warnings: 1 });
  expect(first.outcomes.find(({ warning }) => warning)).toMatchObject({
    name: 's',
    cause: 'ExistsAndDiffers',
    remedy: expect.stringContaining('existingResourcePolicy'),
  });
  const second = await restored('existing', { existingResourcePolicy: 'update' });
  expect(actions(second.outcomes)).toEqual(['namespaces /existing skipped', 'configmaps existing/c updated', 'secrets existing/s updated']);
  const secret = await client.get(Secret, { namespace: 'existing', name: 's' });
  expect(secret).toMatchObject({ metadata: { labels: { 'velero.io/restore-name': second.name } } });
  expect(secret?.data).toEqual({ 'key-1': 'Yg==' });
});

test('R21 R22 a volume to be deleted is provisioned anew, a retained one is restored', async () => {
  const volume = (name: string, policy: string) =>
    of(
      'PersistentVolume',
      '',
      name,
      { spec: { ...volumeSpec, persistentVolumeReclaimPolicy: policy, claimRef: { namespace: 'vols', name, uid: 'u' } } },
      { namespace: undefined },
    );
  const claim = (name: string) =>
    of(
      'PersistentVolumeClaim',
      'vols',
      name,
      { spec: { ...claimSpec, volumeName: name } },
      { annotations: { foo: 'bar', 'pv.kubernetes.io/bind-completed': 'yes' } },
    );
  await stored('volumes', [
    [PersistentVolume, volume('pv-delete', 'Delete')],
    [PersistentVolume, volume('pv-retain', 'Retain')],
    [PersistentVolumeClaim, claim('pv-delete')],
    [PersistentVolumeClaim, claim('pv-retain')],
  ]);
  await restored('volumes');
  expect(await client.get(PersistentVolume, { name: 'pv-delete' })).toBeUndefined();
  const retained = await client.get(PersistentVolume, { name: 'pv-retain' });
  expect(retained?.spec?.claimRef).toEqual(expect.not.objectContaining({ uid: 'u' }));
  const fresh = await client.get(PersistentVolumeClaim, { namespace: 'vols', name: 'pv-delete' });
  expect(fresh?.spec?.volumeName).toBeUndefined();
  expect(fresh?.metadata.annotations).toEqual({ foo: 'bar' });
  expect((await client.get(PersistentVolumeClaim, { namespace: 'vols', name: 'pv-retain' }))?.spec?.volumeName).toBe('pv-retain');
});

test('definitions are established before their objects, and a kind that nobody serves is a failure with a remedy', async () => {
  const anyObject = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const names = { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' };
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names,
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: anyObject } }],
    },
  };
  await stored('widgets', [
    [DEFINITIONS, definition],
    [WIDGETS, { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { namespace: 'w', name: 'one' }, spec: { size: 1 } } as KubeObject],
  ]);
  const without = await restored('widgets', { excludedResources: ['customresourcedefinitions'] });
  expect(without.status).toMatchObject({ phase: 'PartiallyFailed', errors: 1 });
  expect(without.outcomes.at(-1)).toMatchObject({
    action: 'failed',
    cause: 'NoSuchKind',
    remedy: expect.stringContaining('CustomResourceDefinition'),
  });
  const full = await restored('widgets');
  expect(full.status.phase).toBe('Completed');
  expect(await client.get(WIDGETS, { namespace: 'w', name: 'one' })).toMatchObject({ spec: { size: 1 } });
  expect(await client.get(CustomResourceDefinition, { name: 'widgets.example.com' })).toBeDefined();
});

test('R13 long backup names become label values', async () => {
  const name = 'this-is-a-very-long-name-that-will-be-rejected-by-kubernetes-as-a-label';
  await stored(name, [[ConfigMap, of('ConfigMap', 'long', 'c')]]);
  await restored(name);
  const label = (await client.get(ConfigMap, { namespace: 'long', name: 'c' }))?.metadata.labels?.['velero.io/backup-name'];
  expect(label).toHaveLength(63);
});

test('R8 an archive without resources is a warning', async () => {
  await stored('empty', []);
  expect((await restored('empty')).status).toMatchObject({ phase: 'Completed', warnings: 1 });
});

test('a restore run again counts what it had created, and changes nothing', async () => {
  await stored('again', [[ConfigMap, of('ConfigMap', 'again', 'c', { data: { a: 'b' } })]]);
  const restore = { apiVersion: 'velero.io/v1', kind: 'Restore', metadata: { name: 'twice' }, spec: { backupName: 'again' } };
  const first = await runRestore(restore, { client, store, clock: systemClock });
  const second = await runRestore(restore, { client, store, clock: systemClock });
  expect(second.outcomes).toEqual(first.outcomes);
});

test('G-B9 a backup whose archive was exchanged is refused with the names of the entries', async () => {
  await client.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'signed' } });
  await client.create(ConfigMap, of('ConfigMap', 'signed', 'c', { data: { a: 'b' } }) as ConfigMap);
  const backup = {
    apiVersion: 'velero.io/v1',
    kind: 'Backup',
    metadata: { name: 'signed' },
    spec: { includedNamespaces: ['signed'], includedResources: ['configmaps'] },
  };
  await runBackup(backup, { client, store, clock: systemClock });
  await stored('forged', [[ConfigMap, of('ConfigMap', 'signed', 'c', { data: { a: 'evil' } })]]);
  await writeFile(join(path, backupKeys('signed').contents), await readFile(join(path, backupKeys('forged').contents)));
  await expect(restored('signed')).rejects.toThrow(/signed\/c.json was changed.*namespaces\/cluster\/signed.json is missing/s);
});

test.each<[string, string, KubeObject]>([
  ['names another namespace', 'namespaces/claimed/c', of('ConfigMap', 'kube-system', 'c')],
  ['has another name', 'namespaces/claimed/c', of('ConfigMap', 'claimed', 'other')],
  ['is of the cluster', 'namespaces/claimed/c', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } }],
])('an object that lies where it does not belong is refused: it %s', async (_title, place, object) => {
  const { pack } = await import('tar-stream');
  const tar = pack();
  tar.entry({ name: `resources/configmaps/${place}.json` }, JSON.stringify(object));
  tar.finalize();
  await store.delete([backupKeys('claimed').contents]);
  await store.put(backupKeys('claimed').contents, Readable.from(tar).pipe(createGzip()));
  await store.put(backupKeys('claimed').metadata, '{"metadata":{"name":"claimed"},"spec":{}}');
  const { status, outcomes } = await restored('claimed');
  expect(status).toMatchObject({ phase: 'PartiallyFailed', errors: 1 });
  expect(outcomes.find(({ action }) => action === 'failed')).toMatchObject({
    namespace: 'claimed',
    name: 'c',
    cause: 'Undecodable',
    message: expect.stringContaining('lies in the archive as configmaps claimed/c'),
  });
  expect(await client.get(ConfigMap, { namespace: 'kube-system', name: 'c' })).toBeUndefined();
});

test('an item that cannot be decoded is one failure, and the others go on', async () => {
  const { pack } = await import('tar-stream');
  const tar = pack();
  tar.entry({ name: 'resources/configmaps/namespaces/broken/bad.json' }, '{"kind":');
  tar.entry({ name: 'resources/configmaps/namespaces/broken/good.json' }, JSON.stringify(of('ConfigMap', 'broken', 'good')));
  tar.finalize();
  await store.put(backupKeys('broken').contents, Readable.from(tar).pipe(createGzip()));
  await store.put(backupKeys('broken').metadata, '{"metadata":{"name":"broken"},"spec":{}}');
  await uploadJson(store, backupKeys('broken').log, 'none');
  const { status, outcomes } = await restored('broken');
  expect(status).toMatchObject({ phase: 'PartiallyFailed', errors: 1 });
  expect(outcomes.find(({ action }) => action === 'failed')).toMatchObject({
    name: 'bad',
    cause: 'Undecodable',
    message: expect.stringContaining('error decoding'),
  });
  expect(await client.get(ConfigMap, { namespace: 'broken', name: 'good' })).toBeDefined();
});
