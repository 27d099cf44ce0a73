import { buffer } from 'node:stream/consumers';
import { type ObjectStore, StoreError } from '@godwit/objectstore';
import { type Archive, InvalidArchiveError, openArchive } from '../archive/archive-reader.ts';
import { backupKeys } from '../archive/keys.ts';
import { type Manifest, manifestProblems } from '../archive/manifest.ts';
import type { Results } from '../archive/run-log.ts';
import { downloadJson, downloadText } from '../archive/upload.ts';
import type { VolumeInfo } from '../archive/volume-info.ts';
import { NAMES } from '../names.ts';
import type { Backup } from '../velero.ts';

/** A stored backup; every part is read when it is asked for, and absent parts are `undefined` (older backups lack some). */
export type StoredBackup = {
  readonly name: string;
  readonly backup: Backup;
  resourceList(): Promise<Record<string, string[]> | undefined>;
  results(): Promise<Results | undefined>;
  volumeInfo(): Promise<VolumeInfo[] | undefined>;
  log(): Promise<string | undefined>;
  manifest(): Promise<Manifest | undefined>;
  /** Opens the archive and, where there is a manifest, verifies every entry; close it after use. */
  open(options?: { folder?: string; signal?: AbortSignal | undefined }): Promise<Archive>;
};

const SHOWN_PROBLEMS = 10;

const verify = (archive: Archive, manifest: Manifest | undefined, name: string): void => {
  const problems = manifest === undefined ? [] : manifestProblems(manifest, archive.checksums);
  if (problems.length === 0) return;
  const shown = problems.slice(0, SHOWN_PROBLEMS).join('; ');
  throw new InvalidArchiveError(
    `Backup ${name} differs from its manifest (${problems.length} entries): ${shown}. Restore from another backup.`,
  );
};

/** The manifest, which only this engine writes: where it claimed the backup, one that is gone means that files were lost or exchanged. */
const manifestOf = async (backup: Backup, key: string, read: () => Promise<Manifest | undefined>): Promise<Manifest | undefined> => {
  const manifest = await read();
  if (manifest || !backup.metadata.annotations?.[NAMES.engine]) return manifest;
  throw new InvalidArchiveError(`Backup ${backup.metadata.name} has lost its manifest ${key}. Restore from another backup.`);
};

/** Finds a backup in a store; undefined when there is none of that name. */
export const readBackup = async (store: ObjectStore, name: string): Promise<StoredBackup | undefined> => {
  const keys = backupKeys(name);
  const metadata = await store.get(keys.metadata);
  if (metadata === undefined) return undefined;
  const manifest = () => downloadJson<Manifest>(store, keys.manifest);
  const backup = JSON.parse((await buffer(metadata)).toString()) as Backup;
  return {
    name,
    backup,
    resourceList: () => downloadJson(store, keys.resourceList),
    results: () => downloadJson(store, keys.results),
    volumeInfo: () => downloadJson(store, keys.volumeInfo),
    log: () => downloadText(store, keys.log),
    manifest,
    open: async (options = {}) => {
      const body = await store.get(keys.contents, options.signal ? { signal: options.signal } : {});
      if (!body) throw new StoreError(`${keys.contents} is missing in ${store.url}. Restore from another backup.`, 'other');
      const archive = await openArchive(body, options);
      try {
        verify(archive, await manifestOf(backup, keys.manifest, manifest), name);
      } catch (error) {
        await archive.close();
        throw error;
      }
      return archive;
    },
  };
};
