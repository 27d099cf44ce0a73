import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

const migration = <Name extends string>(name: Name) => `migration.openshift.io/${name}` as const;
const velero = <Name extends string>(name: Name) => `velero.io/${name}` as const;
const hypershift = <Name extends string>(name: Name) => `hypershift.openshift.io/${name}` as const;
const clusterApi = <Name extends string>(name: Name) => `cluster.x-k8s.io/${name}` as const;
const godwit = <Name extends string>(name: Name) => `godwit.io/${name}` as const;

/** Annotations by what they say; the value's form is in the comment where it is not text. */
export const annotations = {
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
  /** Comma list of volumes of a pod whose files are backed up. */
  backupVolumes: 'backup.velero.io/backup-volumes',
  /** Comma list of volumes of a pod whose files are not backed up. */
  backupVolumesExcludes: 'backup.velero.io/backup-volumes-excludes',
  /** Comma list of volumes of a pod that are compared after the copy. */
  verifyVolumes: 'backup.velero.io/verify-volumes',
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
  /** On a run: comma list of phases before which it stops. */
  holdBefore: godwit('hold-before'),
  /** On a Restore: JSON of what comparing the restored objects with the backup found. */
  verification: godwit('verification'),
  /** Every annotation below is about hosted control planes. true: keys and certificates are left alone. */
  disablePkiReconciliation: hypershift('disable-pki-reconciliation'),
  /** true. */
  skipReleaseImageValidation: hypershift('skip-release-image-validation'),
  /** A duration. */
  destroyGracePeriod: hypershift('destroy-grace-period'),
  /** Image of the release that is gone to although a check forbids it. */
  forceUpgradeTo: hypershift('force-upgrade-to'),
  /** Pods of the control plane are replaced whenever it changes. */
  restartDate: hypershift('restart-date'),
  /** true. */
  cleanupCloudResources: hypershift('cleanup-cloud-resources'),
  controlPlaneOperatorImage: hypershift('control-plane-operator-image'),
  podSecurityAdmissionLabelOverride: hypershift('pod-security-admission-label-override'),
  /** true: no object of Cluster API is made. */
  disableMachineManagement: hypershift('disable-machine-management'),
  machineHealthCheckTimeout: hypershift('machine-health-check-timeout'),
  machineHealthCheckNodeStartupTimeout: hypershift('machine-health-check-node-startup-timeout'),
  machineHealthCheckMaxUnhealthy: hypershift('machine-health-check-max-unhealthy'),
  /** true: the namespace of the control plane outlives its HostedCluster. */
  skipDeleteControlPlaneNamespace: hypershift('skip-delete-hosted-controlplane-namespace'),
  restoredFromBackup: hypershift('restored-from-backup'),
  etcdSnapshotUrl: hypershift('etcd-snapshot-url'),
  disableClusterAutoscaler: hypershift('disable-cluster-autoscaler'),
  topology: hypershift('topology'),
  haproxyImage: hypershift('haproxy-image'),
  releaseVersion: hypershift('release-version'),
  /** RFC 3339: when an outdated token stops being served. */
  ignitionTokenExpiration: hypershift('ignition-token-expiration-timestamp'),
  /** RFC 3339: when a token was made. */
  lastTokenGeneration: hypershift('last-token-generation-time'),
  /** True once a node has fetched its configuration with this token. */
  ignitionReached: hypershift('ignition-reached'),
  /** true, on the Secrets with tokens. */
  ignitionConfig: hypershift('ignition-config'),
  nodePoolUpgradeType: hypershift('node-pool-upgrade-type'),
  /** namespace/name of the NodePool. */
  nodePool: hypershift('nodePool'),
  nodePoolCurrentConfig: hypershift('nodePoolCurrentConfig'),
  nodePoolCurrentConfigVersion: hypershift('nodePoolCurrentConfigVersion'),
  nodePoolTargetConfigVersion: hypershift('nodePoolTargetConfigVersion'),
  nodePoolPlatformMachineTemplate: hypershift('nodePoolPlatformMachineTemplate'),
  /** JSON. */
  nodePoolTaints: hypershift('nodePoolTaints'),
  defaultSecurityContextUid: hypershift('default-security-context-uid'),
  /** namespace/name of the HostedCluster, on what is made for it. */
  hostedCluster: hypershift('cluster'),
  /** JSON of what v1alpha1 says and v1beta1 cannot. */
  v1alpha1Fields: hypershift('v1alpha1-fields'),
  /** JSON of what v1beta1 says and v1alpha1 cannot; only on objects that are read as v1alpha1. */
  v1beta1Fields: hypershift('v1beta1-fields'),
  pausedBy: 'oadp.openshift.io/paused-by',
  pausedAt: 'oadp.openshift.io/paused-at',
  /** true, on every object of Cluster API that is to be left alone. */
  clusterApiPaused: clusterApi('paused'),
  /** Replicas of a MachineDeployment are somebody else's. */
  clusterApiReplicasManagedBy: clusterApi('replicas-managed-by'),
  /** Machine that goes first when a set shrinks. */
  clusterApiDeleteMachine: clusterApi('delete-machine'),
  externalDnsHostname: 'external-dns.alpha.kubernetes.io/hostname',
  /** JSON {epoch, key}: this HostedCluster has moved away, and nothing here may serve it any more. */
  fence: godwit('fence'),
  /** local: machines are made here although the platform is None. */
  infrastructure: godwit('infrastructure'),
  /** namespace/name of the HostedClusterMigration that made or froze an object. */
  hostedClusterMigration: godwit('hosted-cluster-migration'),
  /** How many replicas a workload had before it was stopped. */
  replicasBefore: godwit('replicas-before'),
  /** Name of the Secret, in the namespace of the operator, that may read the `s3://` snapshot a cluster begins with. */
  restoreCredentials: godwit('restore-credentials'),
} as const;

/** What annotations begin with whose rest says what they are about. */
export const annotationPrefixes = {
  /** Then `<provider>.<field>`. */
  idpOverrides: 'idpoverrides.hypershift.openshift.io/',
  /** Then `<deployment>.<container>`; the value is `memory=…,cpu=…`. */
  resourceRequestOverride: 'resource-request-override.hypershift.openshift.io/',
  /** Then the name of the HostedCluster, on Secrets and ConfigMaps that it names. */
  referencedResource: 'referenced-resource.hypershift.openshift.io/',
} as const;

/** Labels by what they say. */
export const labels = {
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
  /** true, on the namespace of a control plane. */
  hostedControlPlane: hypershift('hosted-control-plane'),
  /** Name of the component of a control plane that a pod belongs to. */
  controlPlaneComponent: hypershift('control-plane-component'),
  /** infraID, on objects that the command line made for a HostedCluster. */
  autoCreatedForInfra: hypershift('auto-created-for-infra'),
  /** Name of the NodePool. */
  nodePoolName: hypershift('nodePoolName'),
  /** Name of the NodePool, on its nodes and on what is mirrored for it. */
  nodePool: hypershift('nodePool'),
  /** true. */
  kubeletConfig: hypershift('kubeletconfig-config'),
  /** true, on ConfigMaps with the configuration that all nodes get. */
  coreIgnitionConfig: hypershift('core-ignition-config'),
  /** Name of the Cluster of Cluster API. */
  clusterName: clusterApi('cluster-name'),
  /** Name of the MachineDeployment. */
  deploymentName: clusterApi('deployment-name'),
  /** Name of the MachineSet. */
  machineSetName: clusterApi('set-name'),
} as const;

/** Finalizers by what they guard. */
export const finalizers = {
  directVolumeMigration: migration('directvolumemigrationfinalizer'),
  restoreExternalResources: 'restores.velero.io/external-resources-finalizer',
  /** A run is not gone before its source applications are awake and what it made for itself is removed. */
  migrationCleanup: godwit('migration-cleanup'),
  /** A plan is not gone before what it made on both clusters is removed. */
  planCleanup: godwit('plan-cleanup'),
  /** A HostedCluster or NodePool is not gone before what was made for it is. */
  hypershift: hypershift('finalizer'),
  /** Deployments that act on machines outlive the machines. */
  hypershiftComponent: hypershift('component-finalizer'),
  /** A move is not gone before the source can serve again or is torn down. */
  hostedClusterMigration: godwit('hosted-cluster-migration'),
  /** A local machine is not gone before its processes and files are. */
  localMachine: godwit('local-machine'),
} as const;

/** Names under which server-side apply owns fields: one per writer, so that no writer takes fields from another. */
export const fieldManagers = {
  migration: 'godwit-migration',
  backup: 'godwit-backup',
  restore: 'godwit-restore',
  hosted: 'godwit-hosted',
  move: 'godwit-move',
  upgrade: 'godwit-upgrade',
  operator: 'godwit-operator',
  cli: 'godwit-cli',
  console: 'godwit-console',
} as const;

/** Value of the part-of label on everything that belongs to a migration. */
export const PART_OF = 'openshift-migration';

/** Where the product lives unless it is told otherwise. */
export const NAMESPACE = 'openshift-migration';

/** Labels that tie an object to the object which made it: part-of, and the kind in lower case with its UID. */
export const correlationLabels = (kind: string, uid: string): Record<string, string> => ({
  [labels.partOf]: PART_OF,
  [kind.toLowerCase()]: uid,
});

const MAX_LABEL_LENGTH = 63;
const HASH_LENGTH = 6;

/** A name as a label value: names longer than 63 characters are cut to 57 and get 6 hex digits of their SHA-256, as Velero does. */
export const veleroLabelValue = (name: string): string =>
  name.length <= MAX_LABEL_LENGTH
    ? name
    : name.slice(0, MAX_LABEL_LENGTH - HASH_LENGTH) + bytesToHex(sha256(utf8ToBytes(name))).slice(0, HASH_LENGTH);
