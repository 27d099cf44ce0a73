import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { localReference } from '../references.ts';
import { duration, fields, stringMap, strings, stringsOrNull, time } from '../schema.ts';
import { anyOfSelectors, chosenObjects, count, outcome, veleroKind } from './common.ts';
import { backupHooks } from './hooks.ts';

const spec = fields({
  metadata: fields({ labels: stringMap().optional().describe('Labels of Backups that a Schedule makes.') })
    .optional()
    .describe('Only meant in the template of a Schedule.'),
  ...chosenObjects,
  includeClusterResources: z.boolean().nullish().describe('Takes cluster-scoped objects. Omitted: those that chosen objects need.'),
  includedClusterScopedResources: stringsOrNull().describe('Cluster-scoped resources to take; not together with includedResources.'),
  excludedClusterScopedResources: stringsOrNull().describe('Cluster-scoped resources to leave out; not together with excludedResources.'),
  includedNamespaceScopedResources: stringsOrNull().describe('Namespaced resources to take; not together with includedResources.'),
  excludedNamespaceScopedResources: stringsOrNull().describe('Namespaced resources to leave out; not together with excludedResources.'),
  orLabelSelectors: anyOfSelectors,
  snapshotVolumes: z.boolean().nullish().describe('Takes snapshots of volumes. Omitted: when somebody can take them.'),
  snapshotMoveData: z.boolean().nullish().describe('Moves snapshots into the storage location. Omitted: the setting of the server.'),
  datamover: z.string().optional().describe('Who moves them. Omitted or velero: the server itself.'),
  defaultVolumesToFsBackup: z
    .boolean()
    .nullish()
    .describe('Copies files of all volumes that are not left out by annotation. Omitted: only of those named by annotation.'),
  defaultVolumesToRestic: z.boolean().nullish().describe('Older name of defaultVolumesToFsBackup.'),
  ttl: duration().optional().describe('How long the backup is kept. Omitted: 720h.'),
  hooks: backupHooks,
  storageLocation: z.string().optional().describe('Name of the BackupStorageLocation. Omitted: the default one.'),
  volumeSnapshotLocations: strings()
    .optional()
    .describe('Names of VolumeSnapshotLocations, at most one per provider. Omitted: the default ones.'),
  orderedResources: stringMap().nullish().describe('Order within a resource: its name, and a comma list of namespace/name. Omitted: none.'),
  csiSnapshotTimeout: duration().optional().describe('How long to wait for a CSI snapshot. Omitted: 10m.'),
  itemOperationTimeout: duration().optional().describe('How long operations on items may take. Omitted: 4h.'),
  resourcePolicy: localReference.optional().describe('ConfigMap with volume policies. Omitted: none.'),
  uploaderConfig: fields({
    parallelFilesUpload: z.int().optional().describe('How many files are uploaded at once. Omitted: the uploader decides.'),
  })
    .nullish()
    .describe('Settings of the uploader.'),
  volumeGroupSnapshotLabelKey: z
    .string()
    .optional()
    .describe('Label that groups claims for one snapshot. Omitted: velero.io/volume-group.'),
});

const phase = z.enum([
  'New',
  'Queued',
  'ReadyToStart',
  'FailedValidation',
  'InProgress',
  'WaitingForPluginOperations',
  'WaitingForPluginOperationsPartiallyFailed',
  'Finalizing',
  'FinalizingPartiallyFailed',
  'Completed',
  'PartiallyFailed',
  'Failed',
  'Deleting',
]);

const status = fields({
  version: z.int().optional().describe('Major version of the format, 1.'),
  formatVersion: z.string().optional().describe('Version of the format with its minor and patch part, 1.1.0.'),
  expiration: time().nullish().describe('When the backup may be deleted.'),
  phase: phase.optional().describe('How far the backup is. Omitted: New.'),
  queuePosition: z.int().optional().describe('Place in the queue, counted from 1. Omitted or 0: not in it.'),
  ...outcome,
  volumeSnapshotsAttempted: count('Snapshots that were begun'),
  volumeSnapshotsCompleted: count('Snapshots that were taken'),
  csiVolumeSnapshotsAttempted: count('CSI snapshots that were begun'),
  csiVolumeSnapshotsCompleted: count('CSI snapshots that were taken'),
  backupItemOperationsAttempted: count('Operations on items that were begun'),
  backupItemOperationsCompleted: count('Operations on items that were completed'),
  backupItemOperationsFailed: count('Operations on items that failed'),
  progress: fields({ totalItems: count('Items known so far'), itemsBackedUp: count('Items backed up so far') })
    .nullish()
    .describe('How many items are done.'),
});

/** A copy of chosen objects and volumes in an object store. */
export const Backup = kind(
  { ...veleroKind, kind: 'Backup', description: 'A copy of chosen objects and volumes in an object store.', plural: 'backups' },
  spec,
  status,
);
/** A copy of chosen objects and volumes in an object store. */
export type Backup = ObjectOf<typeof Backup>;
/** How far a backup is; newer servers may know further phases. */
export type BackupPhase = z.infer<typeof phase>;
