import { createHash } from 'node:crypto';

const LABEL_LENGTH = 63;
const HASH_LENGTH = 6;

/** Keys of labels and annotations that this engine reads or writes. */
export const NAMES = {
  backupName: 'velero.io/backup-name',
  restoreName: 'velero.io/restore-name',
  storageLocation: 'velero.io/storage-location',
  scheduleName: 'velero.io/schedule-name',
  excludeFromBackup: 'velero.io/exclude-from-backup',
  skipFromBackup: 'velero.io/skip-from-backup',
  restoreStatus: 'velero.io/restore-status',
  originalVolume: 'velero.io/original-pv-name',
  engine: 'godwit.io/engine',
  restoreFinalizer: 'restores.velero.io/external-resources-finalizer',
  migratedByMigration: 'migration.openshift.io/migrated-by-migmigration',
  migratedByPlan: 'migration.openshift.io/migrated-by-migplan',
} as const;

/** A name as a label value: as it is up to 63 characters, else its first 57 and the first 6 hex digits of its SHA-256. */
export const labelValue = (name: string): string =>
  name.length <= LABEL_LENGTH
    ? name
    : name.slice(0, LABEL_LENGTH - HASH_LENGTH) + createHash('sha256').update(name).digest('hex').slice(0, HASH_LENGTH);
