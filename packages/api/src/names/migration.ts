import { godwit, migration } from './prefixes.ts';

/** Annotations of application migration by what they say. */
export const migrationAnnotations = {
  /** stage or final. */
  migrationType: migration('migmigration-type'),
  /** What migrationType was called in early versions; read, never written. */
  legacyCopyPhase: 'openshift.io/migrate-copy-phase',
  /** move or copy, on volumes and claims. */
  migrateType: 'openshift.io/migrate-type',
  targetStorageClass: 'openshift.io/target-storage-class',
  targetAccessMode: 'openshift.io/target-access-mode',
  /** filesystem, block or snapshot. */
  copyMethod: migration('copy-method'),
  /** true. */
  quiescePods: 'openshift.io/migrate-quiesce-pods',
  migrationRegistry: 'openshift.io/migration-registry',
  migrationRegistryDirectory: 'openshift.io/migration-registry-dir',
  originalReclaimPolicy: 'openshift.io/orig-reclaim-policy',
  stagePodImage: migration('stage-pod-image'),
  excludePvcs: migration('exclude-pvcs'),
  disableImageCopy: migration('disable-image-copy'),
  stateTransfer: migration('state-transfer'),
  preQuiesceReplicas: migration('preQuiesceReplicas'),
  preQuiescePaused: migration('preQuiescePaused'),
  preQuiesceSuspend: migration('preQuiesceSuspend'),
  /** JSON of the node selector. */
  preQuiesceNodeSelector: migration('preQuiesceNodeSelector'),
  vmRunStrategy: migration('vm-run-strategy'),
  startVm: migration('start-vm'),
  statefulSetUpdate: migration('statefulset-update'),
  statefulSetTemporary: migration('statefulset-temporary'),
  /** A random UUID at every write. */
  touch: 'openshift.io/touch',
  /** What touch was called in early versions; read, never written. */
  legacyTouch: 'touch',
  /** Name of the plan, on an analytic that a plan made. */
  createdBy: 'CreatedBy',
  /** On a run: comma list of phases before which it stops. */
  holdBefore: godwit('hold-before'),
} as const;

/** Labels of application migration by what they say. */
export const migrationLabels = {
  partOf: 'app.kubernetes.io/part-of',
  /** These six carry the UID of the run. */
  includedInStageBackup: 'migration-included-stage-backup',
  initialBackup: 'migration-initial-backup',
  stageBackup: 'migration-stage-backup',
  stageRestore: 'migration-stage-restore',
  finalRestore: 'migration-final-restore',
  directVolume: 'migration-direct-volume',
  /** UID of the run, on what it made on the target cluster. */
  migratedByMigMigration: migration('migrated-by-migmigration'),
  migrationUid: migration('migration-uid'),
  migMigrationName: migration('migmigration-name'),
  migPlanName: migration('migplan-name'),
  /** UID of the plan. */
  migratedByMigPlan: migration('migrated-by-migplan'),
  /** Name of the Backup. */
  migratedByBackup: migration('migrated-by-backup'),
  /** True. */
  isStagePod: migration('is-stage-pod'),
  /** True. */
  isApplicationPod: migration('is-application-pod'),
  /** MD5 of the claim's name. */
  createdForPvc: migration('created-for-pvc'),
  rsyncAttempt: migration('rsync-attempt'),
  /** UID of the direct volume migration. */
  migratedByDirectVolumeMigration: migration('migrated-by-directvolumemigration'),
  /** UID of the plan, on source claims. */
  sourceForDirectVolumeMigration: migration('source-for-directvolumemigration'),
  /** True. */
  migrationRegistry: migration('migration-registry'),
  dvmpDone: migration('dvmp-done'),
  /** Phase of a hook's Job. */
  hookPhase: 'phase',
  /** UID of the run that a hook's Job belongs to. */
  hookOwner: 'owner',
  /** UID of the MigrationController, on storage and snapshot locations. */
  migrationController: 'migrationcontroller',
  /** true, on the Secret with proxy settings. */
  proxyConfig: 'migration-proxy-config',
  /** Node selector that no node has: parks DaemonSets; its value is true. */
  quiesceDaemonSet: migration('quiesceDaemonSet'),
} as const;

/** Finalizers of application migration by what they guard. */
export const migrationFinalizers = {
  directVolumeMigration: migration('directvolumemigrationfinalizer'),
  /** A run is not gone before its source applications are awake and what it made for itself is removed. */
  migrationCleanup: godwit('migration-cleanup'),
  /** A plan is not gone before what it made on both clusters is removed. */
  planCleanup: godwit('plan-cleanup'),
} as const;
