const lca = <Name extends string>(name: Name) => `lca.openshift.io/${name}` as const;
const autoRollback = <Name extends string>(name: Name) => `auto-rollback-on-failure.lca.openshift.io/${name}` as const;
const imageCleanup = <Name extends string>(name: Name) => `image-cleanup.lca.openshift.io/${name}` as const;

/** Annotations on an ImageBasedUpgrade. */
export const upgradeAnnotations = {
  /** Any value: cleaning up is tried again at once, and the annotation removed. Only looked at after it has failed. */
  manualCleanupDone: lca('manual-cleanup-done'),
  /** Adding or changing it makes the agent look at once. */
  triggerReconcile: lca('trigger-reconcile'),
  /** Any value: a failed rollback is tried again, and the annotation removed. */
  rollbackRetry: lca('rollback-retry'),
  /** Any value: after a failed rollback the booted stateroot is kept, and the annotation removed. */
  acceptCurrentStateroot: lca('accept-current-stateroot'),
  /** How many labelled manifests the policies must hold. */
  manifestCount: lca('target-ocp-version-manifest-count'),
  /** Written by the agent: warnings about extra manifests, joined with `; `. */
  validationWarning: 'extra-manifest.lca.openshift.io/validation-warning',
  /** Disabled: a failure of what configures the host after its first boot does not roll back. */
  rollbackOnPostRebootConfig: autoRollback('post-reboot-config'),
  /** Disabled: a failure that the agent reports after the reboot does not roll back. */
  rollbackOnUpgradeCompletion: autoRollback('upgrade-completion'),
  /** Disabled: running out of time does not roll back. */
  rollbackOnInitMonitor: autoRollback('init-monitor'),
  /** Disabled: images are not cleaned up. */
  imageCleanupOnPrep: imageCleanup('on-prep'),
  /** Percent of the disk above which images are cleaned up; default 50. */
  imageCleanupThreshold: imageCleanup('disk-usage-threshold-percent'),
} as const;

/** Annotations whose only meaningful value is `Disabled`. */
export const switchAnnotations: readonly string[] = [
  upgradeAnnotations.rollbackOnPostRebootConfig,
  upgradeAnnotations.rollbackOnUpgradeCompletion,
  upgradeAnnotations.rollbackOnInitMonitor,
  upgradeAnnotations.imageCleanupOnPrep,
];

/** What turns a switch annotation off; any other text leaves it on. */
export const DISABLED = 'Disabled';

/** Annotations on manifests, Backups, Restores and other objects that an upgrade handles. */
export const carriedAnnotations = {
  /** A whole number: ascending groups. Absent: the last group. */
  applyWave: lca('apply-wave'),
  /** replace (default) or merge. */
  applyType: lca('apply-type'),
  /** On a Backup: comma list of paths of objects that get its label. */
  applyLabel: lca('apply-label'),
  /** true, on a volume whose reclaim policy the agent changed from Delete to Retain. */
  updatedReclaimPolicy: lca('updated-reclaim-policy'),
  provisionedBy: 'pv.kubernetes.io/provisioned-by',
  /** On policies: their order. */
  deployWave: 'ran.openshift.io/ztp-deploy-wave',
} as const;

/** Wave of what has none. */
export const LAST_WAVE = 2_147_483_647;

/** Labels that an upgrade reads and writes. */
export const upgradeLabels = {
  /** Name of the Backup, on the objects that it holds. */
  backup: lca('backup'),
  /** On a Backup or DeleteBackupRequest: the cluster that owns it. */
  clusterId: 'config.openshift.io/clusterID',
  /** On objects in policies: a version, x.y.z-pre, x.y.z or x.y. */
  targetVersion: lca('target-ocp-version'),
  /** true, on a Restore that only keeps the result of one that is gone. */
  restoreRecord: lca('restore-record'),
} as const;

/** Where the agent lives. */
export const LCA_NAMESPACE = 'openshift-lifecycle-agent';

/** Where Backups and Restores of an upgrade live. */
export const OADP_NAMESPACE = 'openshift-adp';
