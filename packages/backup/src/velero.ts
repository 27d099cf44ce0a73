import type { KubeObject, ObjectMeta, Resource } from '@godwit/kube';

/** A label selector as objects carry it. */
export type LabelSelector = {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
};

/** What a backup is to hold; the fields of `velero.io/v1` Backup that this engine reads. */
export type BackupSpec = {
  includedNamespaces?: string[];
  excludedNamespaces?: string[];
  includedResources?: string[];
  excludedResources?: string[];
  includeClusterResources?: boolean;
  includedClusterScopedResources?: string[];
  excludedClusterScopedResources?: string[];
  includedNamespaceScopedResources?: string[];
  excludedNamespaceScopedResources?: string[];
  labelSelector?: LabelSelector;
  orLabelSelectors?: LabelSelector[];
  orderedResources?: Record<string, string>;
  snapshotVolumes?: boolean;
  defaultVolumesToFsBackup?: boolean;
  storageLocation?: string;
  volumeSnapshotLocations?: string[];
  hooks?: { resources?: unknown[] };
  resourcePolicy?: { kind: string; name: string };
  ttl?: string;
  csiSnapshotTimeout?: string;
  itemOperationTimeout?: string;
};

/** What a reader of a Backup sees of its run. */
export type BackupStatus = {
  version?: number;
  formatVersion?: string;
  expiration?: string;
  phase?: string;
  validationErrors?: string[];
  startTimestamp?: string;
  completionTimestamp?: string;
  failureReason?: string;
  warnings?: number;
  errors?: number;
  progress?: { totalItems?: number; itemsBackedUp?: number };
};

/** A Backup object. */
export type Backup = KubeObject & { spec: BackupSpec; status?: BackupStatus };

/** What a restore is to bring back; the fields of `velero.io/v1` Restore that this engine reads. */
export type RestoreSpec = {
  backupName?: string;
  scheduleName?: string;
  includedNamespaces?: string[];
  excludedNamespaces?: string[];
  includedResources?: string[];
  excludedResources?: string[];
  namespaceMapping?: Record<string, string>;
  labelSelector?: LabelSelector;
  orLabelSelectors?: LabelSelector[];
  restorePVs?: boolean;
  restoreStatus?: { includedResources?: string[]; excludedResources?: string[] };
  preserveNodePorts?: boolean;
  includeClusterResources?: boolean;
  existingResourcePolicy?: string;
  itemOperationTimeout?: string;
};

/** What a reader of a Restore sees of its run. */
export type RestoreStatus = {
  phase?: string;
  validationErrors?: string[];
  warnings?: number;
  errors?: number;
  failureReason?: string;
  startTimestamp?: string;
  completionTimestamp?: string;
  progress?: { totalItems?: number; itemsRestored?: number };
};

/** A Restore object. */
export type Restore = KubeObject & { spec: RestoreSpec; status?: RestoreStatus };

/** A place for backups: a bucket, or a folder. */
export type BackupStorageLocation = KubeObject & {
  spec: {
    provider: string;
    config?: Record<string, string>;
    credential?: { name: string; key: string };
    objectStorage?: { bucket: string; prefix?: string; caCert?: string; caCertRef?: { name: string; key: string } };
    default?: boolean;
    accessMode?: string;
    backupSyncPeriod?: string;
    validationFrequency?: string;
  };
  status?: { phase?: string; message?: string; lastSyncedTime?: string; lastValidationTime?: string };
};

/** A wish to delete a backup with its data. */
export type DeleteBackupRequest = KubeObject & { spec: { backupName: string }; status?: { phase?: string; errors?: string[] } };

const velero = <T extends KubeObject>(kind: string, plural: string): Resource<T> => ({
  group: 'velero.io',
  version: 'v1',
  kind,
  plural,
  scope: 'Namespaced',
});

/** The resource of Backup objects. */
export const BACKUPS = velero<Backup>('Backup', 'backups');
/** The resource of Restore objects. */
export const RESTORES = velero<Restore>('Restore', 'restores');
/** The resource of BackupStorageLocation objects. */
export const LOCATIONS = velero<BackupStorageLocation>('BackupStorageLocation', 'backupstoragelocations');
/** The resource of DeleteBackupRequest objects. */
export const DELETE_REQUESTS = velero<DeleteBackupRequest>('DeleteBackupRequest', 'deletebackuprequests');

/** Metadata with the fields that only stored objects carry. */
export type StoredMeta = ObjectMeta & { managedFields?: unknown[] };
