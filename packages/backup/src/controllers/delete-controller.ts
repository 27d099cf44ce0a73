import type { Controller } from '@godwit/controller';
import { keyOf, nameOf } from '@godwit/controller';
import type { ObjectStore } from '@godwit/objectstore';
import { restoreKeys } from '../archive/keys.ts';
import { removeBackupFiles } from '../engine/run-backup.ts';
import { BACKUPS, type Backup, DELETE_REQUESTS, type DeleteBackupRequest, LOCATIONS, RESTORES } from '../velero.ts';
import { isLeftToVelero } from './claim.ts';
import { openLocation } from './open-location.ts';
import type { Context } from './options.ts';
import { reasonOf } from './run-guard.ts';

const RUNNING = ['New', 'InProgress', 'Queued', 'ReadyToStart', 'WaitingForPluginOperations', 'Finalizing'];

const removeRestores = async ({ client, namespace }: Context, store: ObjectStore, backupName: string): Promise<void> => {
  const { items } = await client.list(RESTORES, { namespace });
  for (const { metadata } of items.filter(({ spec }) => spec.backupName === backupName)) {
    const keys: string[] = [];
    for await (const { key } of store.list(restoreKeys(metadata.name ?? '').folder)) keys.push(key);
    await store.delete(keys);
    await client.delete(RESTORES, { namespace, name: metadata.name ?? '' });
  }
};

const remove = async (context: Context, backup: Backup): Promise<void> => {
  const { client, namespace } = context;
  const name = backup.metadata.name ?? '';
  const location = await client.get(LOCATIONS, { namespace, name: backup.spec.storageLocation ?? '' });
  if (!location) throw new Error(`backup storage location ${backup.spec.storageLocation} not found`);
  if (location.spec.accessMode === 'ReadOnly')
    throw new Error(`cannot delete backup because backup storage location ${location.metadata.name} is currently in read-only mode`);
  const store = await openLocation(context, location);
  await client.patch(BACKUPS, { namespace, name }, { status: { phase: 'Deleting' } }, { type: 'merge' });
  await removeBackupFiles(store, name);
  await removeRestores(context, store, name);
  await client.delete(BACKUPS, { namespace, name });
};

const carryOut = async (context: Context, { spec }: DeleteBackupRequest): Promise<string[]> => {
  const backup = spec.backupName ? await context.client.get(BACKUPS, { namespace: context.namespace, name: spec.backupName }) : undefined;
  if (!spec.backupName) return ['spec.backupName is required'];
  if (!backup) return ['backup not found'];
  if (RUNNING.includes(backup.status?.phase ?? 'New')) return ['backup is still in progress'];
  try {
    await remove(context, backup);
    return [];
  } catch (error) {
    return [reasonOf(error)];
  }
};

const reconcile = async (context: Context, key: string): Promise<{ after: '60s' } | undefined> => {
  const request = await context.client.get(DELETE_REQUESTS, nameOf(key));
  if (!request || request.status?.phase === 'Processed') return undefined;
  if (await isLeftToVelero(context)) return { after: '60s' };
  const errors = await carryOut(context, request);
  if (errors.length === 0) await context.client.delete(DELETE_REQUESTS, nameOf(key));
  else await context.client.patch(DELETE_REQUESTS, nameOf(key), { status: { phase: 'Processed', errors } }, { type: 'merge' });
  return undefined;
};

/** Deletes backups with their data and their restores, as DeleteBackupRequests ask. */
export const deleteController = (context: Context): Controller => ({
  name: 'delete-backup-request',
  sources: [{ client: context.client, resource: DELETE_REQUESTS, namespace: context.namespace, keys: (object) => [keyOf(object)] }],
  reconcile: (key) => reconcile(context, key),
});
