import { clusterApi, godwit, hypershift } from './prefixes.ts';

/** Annotations of hosted control planes by what they say; the value's form is in the comment where it is not text. */
export const hostedAnnotations = {
  /** true: keys and certificates are left alone. */
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
  /** On a HostedCluster that is moving away: UID of the move that alone may work on it, and words that say which one that is. */
  moveClaim: godwit('move-claim'),
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

/** Labels of hosted control planes by what they say. */
export const hostedLabels = {
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

/** Finalizers of hosted control planes by what they guard. */
export const hostedFinalizers = {
  /** A HostedCluster or NodePool is not gone before what was made for it is. */
  hypershift: hypershift('finalizer'),
  /** Deployments that act on machines outlive the machines. */
  hypershiftComponent: hypershift('component-finalizer'),
  /** A move is not gone before the source can serve again or is torn down. */
  hostedClusterMigration: godwit('hosted-cluster-migration'),
  /** A local machine is not gone before its processes and files are. */
  localMachine: godwit('local-machine'),
} as const;
