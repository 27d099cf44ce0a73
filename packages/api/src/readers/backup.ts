import type { Backup } from '../velero/backup.ts';
import type { BackupStorageLocation } from '../velero/backup-storage-location.ts';
import type { Restore } from '../velero/restore.ts';
import { durationOr } from './duration.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** How long the parts of a Backup may take and how long it is kept, in seconds, with Velero's defaults filled in. */
export const readBackupTimes = ({ spec }: Backup) => ({
  ttlSeconds: durationOr(spec.ttl, 720 * HOUR),
  csiSnapshotTimeoutSeconds: durationOr(spec.csiSnapshotTimeout, 10 * MINUTE),
  itemOperationTimeoutSeconds: durationOr(spec.itemOperationTimeout, 4 * HOUR),
});

/** How a Restore treats what exists, and how long operations may take, in seconds, with Velero's defaults filled in. */
export const readRestore = ({ spec }: Restore) => ({
  existingResourcePolicy: spec.existingResourcePolicy || 'none',
  preserveNodePorts: spec.preserveNodePorts ?? false,
  namespaceMapping: spec.namespaceMapping ?? {},
  itemOperationTimeoutSeconds: durationOr(spec.itemOperationTimeout, 4 * HOUR),
});

/** How a BackupStorageLocation may be used, periods in seconds (0: never), with Velero's defaults filled in. */
export const readBackupStorageLocation = ({ spec }: BackupStorageLocation) => ({
  bucket: spec.objectStorage.bucket,
  /** Without slashes at its ends; empty for none. */
  prefix: (spec.objectStorage.prefix ?? '').replace(/^\/+|\/+$/g, ''),
  isDefault: spec.default ?? false,
  readOnly: spec.accessMode === 'ReadOnly',
  syncPeriodSeconds: durationOr(spec.backupSyncPeriod, MINUTE),
  validationPeriodSeconds: durationOr(spec.validationFrequency, MINUTE),
});
