import { mkdtemp, readdir } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigMap, Namespace } from '@godwit/api';
import { type Cache, silentLog, systemClock } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { openStore } from '@godwit/objectstore';
import { clusterPair, eventually, run } from '@godwit/testkit';
import { beforeAll, expect, test } from 'vitest';
import {
  type Backup,
  type BackupSpec,
  backupControllers,
  createCompletions,
  FOLDER_PROVIDER,
  type Restore,
  type RestoreSpec,
} from '../index.ts';
import { NAMES } from '../names.ts';
import { BACKUPS, DELETE_REQUESTS, LOCATIONS, RESTORES } from '../velero.ts';

const { host, source } = await clusterPair({ controllers: true });
const namespace = 'openshift-migration';
const completions = createCompletions();
let folder = '';

const controllersOf = (client: Client, cache: Cache) =>
  backupControllers({
    client,
    cache,
    namespace,
    clock: systemClock,
    log: silentLog,
    openStore,
    engine: 'auto',
    allowFolders: true,
    hostName: hostname(),
    completions,
  });
const runBoth = () => run(({ cache }) => [...controllersOf(host, cache), ...controllersOf(source, cache)]);

const aBackup = (name: string, spec: BackupSpec): Backup => ({
  apiVersion: 'velero.io/v1',
  kind: 'Backup',
  metadata: { name, namespace },
  spec,
});
const aRestore = (name: string, spec: RestoreSpec, metadata: object = {}): Restore => ({
  apiVersion: 'velero.io/v1',
  kind: 'Restore',
  metadata: { name, namespace, ...metadata },
  spec,
});
const backup = (client: Client, name: string) => () => client.get(BACKUPS, { namespace, name });
const restore = (name: string) => () => host.get(RESTORES, { namespace, name });

const aLocation = (name: string, config: Record<string, string>) => ({
  apiVersion: 'velero.io/v1',
  kind: 'BackupStorageLocation',
  metadata: { name, namespace },
  spec: { provider: FOLDER_PROVIDER, config, objectStorage: { bucket: 'folder' }, default: name === 'default' },
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'godwit-backups-'));
  for (const client of [host, source]) {
    await client.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }).catch(() => undefined);
    await client.create(LOCATIONS, aLocation('default', { path: folder, host: hostname() }));
  }
  await source.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { team: 'web' } } });
  for (const name of ['colors', 'sizes']) {
    await source.create(ConfigMap, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' }, data: { a: '<b>' } });
  }
});

test('a Backup on one cluster becomes visible on the other and is restored there', async () => {
  await using _running = runBoth();
  await eventually(() => host.get(LOCATIONS, { namespace, name: 'default' })).toMatchObject({ status: { phase: 'Available' } });
  await source.create(BACKUPS, aBackup('first', { includedNamespaces: ['shop'] }));
  const done = await eventually(backup(source, 'first')).toMatchObject({ status: { phase: 'Completed', formatVersion: '1.1.0' } });
  expect(done?.metadata.annotations).toMatchObject({ [NAMES.engine]: 'embedded' });
  expect(done?.spec).toMatchObject({ storageLocation: 'default', ttl: '720h0m0s' });
  await eventually(backup(host, 'first')).toMatchObject({ status: { phase: 'Completed' }, spec: { storageLocation: 'default' } });

  const labels = { [NAMES.migratedByMigration]: 'uid-1' };
  await host.create(RESTORES, aRestore('back', { backupName: 'first', namespaceMapping: { shop: 'store' } }, { labels }));
  await eventually(restore('back')).toMatchObject({ status: { phase: 'Completed' } });
  expect((await restore('back')())?.status?.warnings).toBeUndefined();
  const colors = await host.get(ConfigMap, { namespace: 'store', name: 'colors' });
  expect(colors).toMatchObject({
    data: { a: '<b>' },
    metadata: { labels: { ...labels, [NAMES.backupName]: 'first', [NAMES.restoreName]: 'back' } },
  });
  expect((await host.get(Namespace, { name: 'store' }))?.metadata.labels).toMatchObject({ team: 'web' });
  expect(await readdir(join(folder, 'restores', 'back'))).toContain('back-godwit-inventory.json.gz');
});

test('a deleted Restore takes its files with it', async () => {
  await using _running = runBoth();
  await host.delete(RESTORES, { namespace, name: 'back' });
  await eventually(restore('back')).toBeUndefined();
  expect(await openStore({ kind: 'folder', path: folder }).folders('restores')).toEqual([]);
});

test('a Backup that was InProgress when the process was killed is run again, not failed (G-B30)', async () => {
  const interrupted = aBackup('interrupted', { includedNamespaces: ['shop'], storageLocation: 'default' });
  interrupted.metadata.annotations = { [NAMES.engine]: 'embedded' };
  interrupted.status = { phase: 'InProgress' };
  await source.create(BACKUPS, interrupted);
  await using _running = runBoth();
  await eventually(backup(source, 'interrupted')).toMatchObject({ status: { phase: 'Completed' } });
});

test('a Restore that was InProgress goes on, and what it had created counts as created (G-B30)', async () => {
  const interrupted = aRestore('resumed', { backupName: 'first', namespaceMapping: { shop: 'again' } });
  interrupted.metadata.annotations = { [NAMES.engine]: 'embedded' };
  interrupted.status = { phase: 'InProgress' };
  await host.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'again' } });
  const metadata = { name: 'colors', namespace: 'again', labels: { [NAMES.restoreName]: 'resumed' } };
  await host.create(ConfigMap, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: '<b>' } });
  await host.create(RESTORES, interrupted);
  await using _running = runBoth();
  await eventually(restore('resumed')).toMatchObject({ status: { phase: 'Completed' } });
  expect((await restore('resumed')())?.status).not.toHaveProperty('warnings');
});

test('objects of another engine are left alone', async () => {
  const foreign = aBackup('foreign', { storageLocation: 'default' });
  foreign.metadata.annotations = { [NAMES.engine]: 'velero' };
  await source.create(BACKUPS, foreign);
  await source.create(BACKUPS, { ...aBackup('running', { storageLocation: 'default' }), status: { phase: 'InProgress' } });
  await source.create(BACKUPS, aBackup('after', { includedNamespaces: ['shop'] }));
  await using _running = runBoth();
  await eventually(backup(source, 'after')).toMatchObject({ status: { phase: 'Completed' } });
  expect((await backup(source, 'foreign')())?.status).toBeUndefined();
  expect((await backup(source, 'running')())?.status).toEqual({ phase: 'InProgress' });
});

test.each([
  [
    'C1 a resource in both lists',
    { includedResources: ['pods'], excludedResources: ['pods'] },
    /^Invalid included\/excluded resource lists: .*pods/,
  ],
  ['C2 a missing location', { storageLocation: 'nowhere' }, /nowhere was not found/],
  [
    'C2 both kinds of selectors',
    { labelSelector: { matchLabels: { a: 'b' } }, orLabelSelectors: [{ matchLabels: { a: 'b' } }] },
    /orLabelSelectors/,
  ],
])('%s ends in FailedValidation', async (title, spec, message) => {
  await using _running = runBoth();
  const name = title.toLowerCase().replaceAll(' ', '-');
  await source.create(BACKUPS, aBackup(name, spec));
  await eventually(backup(source, name)).toMatchObject({
    status: { phase: 'FailedValidation', validationErrors: [expect.stringMatching(message)] },
  });
});

test('a restore of a backup that nobody knows ends in FailedValidation (R40)', async () => {
  await using _running = runBoth();
  await host.create(RESTORES, aRestore('lost', { backupName: 'nothing' }));
  await eventually(restore('lost')).toMatchObject({
    status: { phase: 'FailedValidation', validationErrors: [expect.stringContaining('nothing not found')] },
  });
});

test.each([
  ['elsewhere', 'a folder of another host', { host: 'another-host' }, /folder on host another-host/],
  ['absent', 'a folder that does not exist', { path: '/nonexistent/folder' }, /does not exist/],
])('the location %s, %s, is Unavailable and says why', async (name, _title, config, message) => {
  await using _running = runBoth();
  await host.create(LOCATIONS, aLocation(name, { path: folder, host: hostname(), ...config }));
  await eventually(() => host.get(LOCATIONS, { namespace, name })).toMatchObject({
    status: { phase: 'Unavailable', message: expect.stringMatching(message) },
  });
});

test('a DeleteBackupRequest removes the backup, its data and itself', async () => {
  await using _running = runBoth();
  await eventually(backup(host, 'first')).toBeDefined();
  await host.create(DELETE_REQUESTS, {
    apiVersion: 'velero.io/v1',
    kind: 'DeleteBackupRequest',
    metadata: { name: 'd', namespace },
    spec: { backupName: 'first' },
  });
  await eventually(() => host.get(DELETE_REQUESTS, { namespace, name: 'd' })).toBeUndefined();
  await eventually(backup(host, 'first')).toBeUndefined();
  expect(await openStore({ kind: 'folder', path: folder }).folders('backups')).not.toContain('first');
});
