import { isApiError } from '@godwit/kube';
import type { ObjectStore } from '@godwit/objectstore';
import { readBackup } from '../engine/read-backup.ts';
import { labelValue, NAMES } from '../names.ts';
import { BACKUPS, type Backup, type BackupStorageLocation } from '../velero.ts';
import type { Context } from './options.ts';

const FINISHED = ['Completed', 'PartiallyFailed'];
const STORED = [...FINISHED, 'Failed', 'FailedValidation'];

/** The object that makes a stored backup visible on this cluster. */
const syncedBackup = (stored: Backup, location: string, namespace: string): Backup => ({
  apiVersion: 'velero.io/v1',
  kind: 'Backup',
  metadata: {
    name: stored.metadata.name ?? '',
    namespace,
    labels: { ...stored.metadata.labels, [NAMES.storageLocation]: labelValue(location) },
    annotations: { ...stored.metadata.annotations },
  },
  spec: { ...stored.spec, storageLocation: location },
  ...(stored.status && { status: stored.status }),
});

const add = async (context: Context, store: ObjectStore, name: string, location: string): Promise<void> => {
  const stored = await readBackup(store, name);
  if (!stored || !STORED.includes(stored.backup.status?.phase ?? '')) return;
  try {
    await context.client.create(BACKUPS, syncedBackup(stored.backup, location, context.namespace));
    context.log.info({ backup: name, location }, 'Backup found in its location');
  } catch (error) {
    if (!isApiError(error, 'AlreadyExists')) throw error;
  }
};

/** Makes Backups of what a location holds, and removes finished ones whose data is gone from it. */
export const syncBackups = async (context: Context, location: BackupStorageLocation, store: ObjectStore): Promise<void> => {
  const { client, namespace } = context;
  const name = location.metadata.name ?? '';
  const { items } = await client.list(BACKUPS, { namespace }); // before the store is read, so that a backup finished meanwhile is not taken for lost
  const stored = new Set(await store.folders('backups'));
  const known = new Set(items.map(({ metadata }) => metadata.name));
  for (const backup of stored) if (!known.has(backup)) await add(context, store, backup, name);
  const lost = items.filter(
    ({ metadata, spec, status }) =>
      spec.storageLocation === name && FINISHED.includes(status?.phase ?? '') && !stored.has(metadata.name ?? ''),
  );
  for (const { metadata } of lost) {
    await client.delete(BACKUPS, { namespace, name: metadata.name ?? '' }, { uid: metadata.uid });
    context.log.info({ backup: metadata.name, location: name }, 'Backup removed, its data is gone from its location');
  }
};
