import { Backup } from './backup.ts';
import { BackupRepository } from './backup-repository.ts';
import { BackupStorageLocation } from './backup-storage-location.ts';
import { DeleteBackupRequest } from './delete-backup-request.ts';
import { DownloadRequest } from './download-request.ts';
import { PodVolumeBackup } from './pod-volume-backup.ts';
import { PodVolumeRestore } from './pod-volume-restore.ts';
import { Restore } from './restore.ts';
import { ServerStatusRequest } from './server-status-request.ts';
import { VolumeSnapshotLocation } from './volume-snapshot-location.ts';

/** Every kind of velero.io that this product serves. */
export const veleroKinds = [
  Backup,
  BackupRepository,
  BackupStorageLocation,
  DeleteBackupRequest,
  DownloadRequest,
  PodVolumeBackup,
  PodVolumeRestore,
  Restore,
  ServerStatusRequest,
  VolumeSnapshotLocation,
] as const;
export { type InventoryEntry, inventory, inventoryKey, type RestoreVerification, readRestoreVerification } from './inventory.ts';
