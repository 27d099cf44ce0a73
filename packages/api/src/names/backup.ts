import { godwit, velero } from './prefixes.ts';

/** Annotations of backup and restore by what they say. */
export const backupAnnotations = {
  /** Comma list of volumes of a pod whose files are backed up. */
  backupVolumes: 'backup.velero.io/backup-volumes',
  /** Comma list of volumes of a pod whose files are not backed up. */
  backupVolumesExcludes: 'backup.velero.io/backup-volumes-excludes',
  /** Comma list of volumes of a pod that are compared after the copy. */
  verifyVolumes: 'backup.velero.io/verify-volumes',
  resourceTimeout: velero('resource-timeout'),
  podVolumeTimeout: velero('pod-volume-timeout'),
  sourceClusterVersion: velero('source-cluster-k8s-gitversion'),
  sourceClusterMajorVersion: velero('source-cluster-k8s-major-version'),
  sourceClusterMinorVersion: velero('source-cluster-k8s-minor-version'),
  skipFromBackup: velero('skip-from-backup'),
  pvcName: velero('pvc-name'),
  originalPvName: velero('original-pv-name'),
  /** true or false: whether the status of this object is restored. */
  restoreStatus: velero('restore-status'),
  volumeSnapshotName: velero('volume-snapshot-name'),
  csiSnapshotHandle: velero('csi-volumesnapshot-handle'),
  csiSnapshotRestoreSize: velero('csi-volumesnapshot-restore-size'),
  csiDriverName: velero('csi-driver-name'),
  csiDeletionPolicy: velero('csi-vsc-deletion-policy'),
  mustIncludeAdditionalItems: 'backup.velero.io/must-include-additional-items',
  skippedNoCsiPv: 'backup.velero.io/skipped-no-csi-pv',
  /** Which engine does the work: an engine that finds another name here keeps its hands off. */
  engine: godwit('engine'),
  /** On a Restore: JSON of what comparing the restored objects with the backup found. */
  verification: godwit('verification'),
} as const;

/** Labels of backup and restore by what they say. */
export const backupLabels = {
  backupName: velero('backup-name'),
  backupUid: velero('backup-uid'),
  restoreName: velero('restore-name'),
  restoreUid: velero('restore-uid'),
  scheduleName: velero('schedule-name'),
  storageLocation: velero('storage-location'),
  podUid: velero('pod-uid'),
  pvcUid: velero('pvc-uid'),
  volumeNamespace: velero('volume-namespace'),
  repositoryType: velero('repository-type'),
  /** true leaves the object or namespace out. */
  excludeFromBackup: velero('exclude-from-backup'),
  asyncOperationId: velero('async-operation-id'),
  pvcNamespaceName: velero('pvc-namespace-name'),
  resourceUsage: velero('resource-usage'),
  volumeGroup: velero('volume-group'),
  dynamicPvRestore: velero('dynamic-pv-restore'),
  dataUploadName: velero('data-upload-name'),
  csiSnapshotClass: velero('csi-volumesnapshot-class'),
  pluginConfig: velero('plugin-config'),
  gcFailure: velero('gc-failure'),
} as const;

/** Finalizers of backup and restore by what they guard. */
export const backupFinalizers = {
  restoreExternalResources: 'restores.velero.io/external-resources-finalizer',
} as const;
