import type { Clock } from '@godwit/controller';
import type { Client, KubeObject, Resource } from '@godwit/kube';
import type { ObjectStore } from '@godwit/objectstore';
import { archiveWriter, FORMAT_VERSION } from '../archive/archive-writer.ts';
import { sha256 } from '../archive/digest.ts';
import { backupKeys } from '../archive/keys.ts';
import { manifestWriter } from '../archive/manifest.ts';
import { countMessages, runLog } from '../archive/run-log.ts';
import { type Stored, uploadGzip, uploadJson } from '../archive/upload.ts';
import { chooseResources } from '../collect/choose-resources.ts';
import { backupFilter } from '../select/backup-filter.ts';
import { selectorsOf } from '../select/label-selector.ts';
import { namespaceFilter } from '../select/namespace-filter.ts';
import type { Backup, BackupStatus } from '../velero.ts';
import type { BackupRun } from './backup-run.ts';
import { takeObjects } from './take-objects.ts';
import { throttled } from './throttled.ts';

/** The resource of Namespace objects. */
export const NAMESPACES: Resource = { group: '', version: 'v1', kind: 'Namespace', plural: 'namespaces', scope: 'Cluster' };

/** What a backup needs to run. */
export type BackupWork = {
  client: Client;
  store: ObjectStore;
  clock: Clock;
  signal?: AbortSignal;
  /** Told of objects written so far, at most once a second. */
  onProgress?: (progress: { itemsBackedUp: number; totalItems: number }) => void;
};

/** The backup's contents are in the store already, under the name of another Backup object. */
export class BackupExistsError extends Error {
  override readonly name = 'BackupExistsError';
}

const openRun = async (backup: Backup, work: BackupWork, onEntry: (path: string, sha256: string) => void) => {
  const { client, clock, signal } = work;
  const [served, existing] = await Promise.all([
    client.discover({ fresh: true }),
    client.list(NAMESPACES, { signal }).catch(() => undefined),
  ]);
  const resources = chooseResources(served);
  const items: KubeObject[] = existing?.items ?? [];
  const namespaces = namespaceFilter(
    backup.spec.includedNamespaces,
    backup.spec.excludedNamespaces,
    items.map(({ metadata }) => metadata.name ?? ''),
  );
  const archive = archiveWriter(onEntry, clock.now());
  const tell = throttled(() => work.onProgress?.({ itemsBackedUp: archive.count(), totalItems: archive.count() }), clock);
  const run: BackupRun = {
    client,
    backup,
    resources,
    namespaces,
    filter: backupFilter(backup.spec, namespaces, resources),
    selectors: selectorsOf(backup.spec),
    archive,
    log: runLog(`backup=${backup.metadata.namespace}/${backup.metadata.name}`, clock.now),
    signal,
    report: tell,
    needs: [],
    accounts: new Set(),
    holding: new Set(),
    customResources: new Set(),
    volumes: [],
  };
  for (const name of namespaces.names ?? []) {
    if (existing && !items.some(({ metadata }) => metadata.name === name))
      run.log.error(`namespace ${name} does not exist`, { namespace: name });
  }
  return { run, existing: items };
};

const finalStatus = (backup: Backup, run: BackupRun, now: Date): BackupStatus => {
  const { warnings, errors } = run.log.results();
  const [warned, failed] = [countMessages(warnings), countMessages(errors)];
  const items = run.archive.count();
  return {
    ...backup.status,
    version: 1,
    formatVersion: FORMAT_VERSION,
    phase: failed > 0 ? 'PartiallyFailed' : 'Completed',
    completionTimestamp: now.toISOString().replace(/\.\d+/, ''),
    progress: { totalItems: items, itemsBackedUp: items },
    ...(warned > 0 && { warnings: warned }),
    ...(failed > 0 && { errors: failed }),
  };
};

const uploadSideFiles = (store: ObjectStore, name: string, run: BackupRun): Promise<Stored[]> => {
  const keys = backupKeys(name);
  const files: [string, unknown][] = [
    [keys.log, run.log.text()],
    [keys.podVolumeBackups, []],
    [keys.volumeSnapshots, []],
    [keys.itemOperations, []],
    [keys.resourceList, run.archive.resourceList()],
    [keys.results, run.log.results()],
    [keys.volumeInfo, run.volumes],
  ];
  return Promise.all(files.map(([key, value]) => uploadJson(store, key, value)));
};

const writeArchive = async (run: BackupRun, existing: readonly KubeObject[]): Promise<void> => {
  try {
    await takeObjects(run, existing);
    await run.archive.finish();
  } catch (error) {
    run.archive.stream.destroy(error as Error);
    throw error;
  }
};

const writeAll = async (backup: Backup, work: BackupWork): Promise<BackupStatus> => {
  const name = backup.metadata.name ?? '';
  const keys = backupKeys(name);
  const manifest = manifestWriter();
  const manifestUpload = uploadGzip(work.store, keys.manifest, manifest.stream, work.signal);
  manifestUpload.catch(() => {}); // awaited below
  try {
    const { run, existing } = await openRun(backup, work, manifest.entry);
    const [contents] = await Promise.all([
      uploadGzip(work.store, keys.contents, run.archive.stream, work.signal),
      writeArchive(run, existing),
    ]);
    const status = finalStatus(backup, run, work.clock.now());
    const body = JSON.stringify({ ...backup, apiVersion: 'velero.io/v1', kind: 'Backup', status });
    const side = await uploadSideFiles(work.store, name, run);
    manifest.finish([contents, ...side, { key: keys.metadata, sha256: sha256(body), bytes: Buffer.byteLength(body) }]);
    await manifestUpload;
    work.signal?.throwIfAborted();
    const { stored } = await work.store.put(keys.metadata, body, { ifAbsent: true });
    if (!stored) throw new BackupExistsError(`${keys.metadata} was written by somebody else meanwhile; choose another name`);
    return status;
  } catch (error) {
    manifest.stream.destroy(error as Error);
    throw error;
  }
};

/** Deletes a backup's files, the one that makes it visible first. */
export const removeBackupFiles = async (store: ObjectStore, name: string): Promise<void> => {
  const keys = backupKeys(name);
  await store.delete([keys.metadata]);
  const rest: string[] = [];
  for await (const { key } of store.list(keys.folder)) rest.push(key);
  await store.delete(rest);
};

/**
 * Backs up a cluster as the Backup says and returns the final status.
 * `velero-backup.json` is stored last, so that a reader sees all of the backup or none; a failure removes what was stored.
 */
export const runBackup = async (backup: Backup, work: BackupWork): Promise<BackupStatus> => {
  const name = backup.metadata.name ?? '';
  if (await work.store.stat(backupKeys(name).metadata)) {
    throw new BackupExistsError(`a backup named ${name} exists in ${work.store.url} already; choose another name, or delete it`);
  }
  try {
    return await writeAll(backup, work);
  } catch (error) {
    if (!(error instanceof BackupExistsError)) await removeBackupFiles(work.store, name).catch(() => {}); // the first error is the one to tell
    throw error;
  }
};
