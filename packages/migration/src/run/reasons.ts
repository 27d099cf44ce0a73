import { reason } from '@godwit/controller';

/** Nothing of this phase concerns the run. */
export const NothingToDo = reason('NothingToDo', () => 'Nothing to do');
export const Done = reason('Done', ({ what }: { what: string }) => what);
export const RefreshRequested = reason('RefreshRequested', () => 'Asked the plan to check its clusters, volumes and storage again');
export const PlanRefreshing = reason('PlanRefreshing', ({ plan }: { plan: string }) => `Waiting for plan ${plan} to be checked again`);
export const PlanRefreshed = reason('PlanRefreshed', () => 'The plan has been checked again and is ready');
export const PlanNotReady = reason(
  'PlanNotReady',
  ({ plan, blockers }: { plan: string; blockers: string }) =>
    `Plan ${plan} is not ready: ${blockers}. See: kubectl describe migplan ${plan}`,
);
export const StorageUnavailable = reason(
  'StorageUnavailable',
  ({ locations }: { locations: string }) =>
    `Waiting for backup storage location ${locations} to become Available; see: kubectl describe backupstoragelocation`,
);
export const StorageAvailable = reason('StorageAvailable', () => 'Both clusters reach the repository');
export const StaleRemoved = reason('StaleRemoved', ({ count }: { count: number }) => `${count} backups and restores of ended runs removed`);
export const VolumeCopyStarted = reason(
  'VolumeCopyStarted',
  ({ volumes, pass }: { volumes: number; pass: string }) => `${pass} of ${volumes} volumes started`,
);
export const VolumeCopyRunning = reason('VolumeCopyRunning', ({ name }: { name: string }) => `DirectVolumeMigration ${name} is copying`);
export const VolumeCopyDone = reason(
  'VolumeCopyDone',
  ({ name }: { name: string }) => `DirectVolumeMigration ${name} has copied every volume`,
);
export const VolumeCopyFailed = reason(
  'DirectVolumeMigrationFailed',
  ({ namespace, name, errors }: { namespace: string; name: string; errors: string }) =>
    `DirectVolumeMigration (dvm): ${namespace}/${name} failed. See in dvm status.Errors${errors === '' ? '' : `: ${errors}`}`,
);
export const BackupStarted = reason('BackupStarted', ({ name }: { name: string }) => `Backup ${name} created`);
export const BackupRunning = reason('BackupRunning', ({ name, phase }: { name: string; phase: string }) => `Backup ${name} is ${phase}`);
export const BackupDone = reason('BackupDone', ({ name }: { name: string }) => `Backup ${name} has completed`);
export const BackupWarned = reason(
  'VeleroInitialBackupPartiallyFailed',
  ({ name }: { name: string }) => `Backup ${name} has partially failed; see: kubectl describe backup ${name}, on the source cluster`,
);
export const BackupFailed = reason(
  'InitialBackupFailed',
  ({ name, why }: { name: string; why: string }) => `Backup ${name} failed: ${why}`,
);
export const BackupNotVisible = reason(
  'BackupNotVisible',
  ({ name }: { name: string }) => `Waiting for Backup ${name} to be visible on the target cluster`,
);
export const BackupVisible = reason('BackupVisible', ({ name }: { name: string }) => `Backup ${name} is visible on the target cluster`);
export const RestoreStarted = reason('RestoreStarted', ({ name }: { name: string }) => `Restore ${name} created`);
export const RestoreRunning = reason('RestoreRunning', ({ name, phase }: { name: string; phase: string }) => `Restore ${name} is ${phase}`);
export const RestoreDone = reason('RestoreDone', ({ name }: { name: string }) => `Restore ${name} has completed`);
export const RestoreWarned = reason(
  'VeleroFinalRestorePartiallyFailed',
  ({ name }: { name: string }) => `Restore ${name} has partially failed; see: kubectl describe restore ${name}, on the target cluster`,
);
export const RestoreFailed = reason(
  'FinalRestoreFailed',
  ({ name, why }: { name: string; why: string }) => `Restore ${name} failed: ${why}`,
);
export const ScalingDown = reason('ScalingDown', ({ count }: { count: number }) => `Putting ${count} workloads to sleep`);
export const Quiesced = reason('Quiesced', () => 'No controlled pod runs in the namespaces any more');
export const PodsTerminating = reason('PodsTerminating', ({ pods }: { pods: string }) => `Waiting for ${pods} to stop`);
export const PodsUnstoppable = reason(
  'PodsUnstoppable',
  ({ pods }: { pods: string }) =>
    `No controller runs ${pods}, so nothing can put them to sleep while their volumes are copied. Delete them, or set spec.quiescePods to false`,
);
export const Awake = reason('Awake', ({ count }: { count: number }) => `${count} workloads have what they had before`);
export const WorkloadsStarting = reason(
  'WorkloadsStarting',
  ({ workloads }: { workloads: string }) => `Waiting for ${workloads} to be ready on the target cluster`,
);
export const Verified = reason('Verified', () => 'Every workload is ready on the target cluster');
export const UnhealthyNamespaces = reason(
  'UnhealthyNamespaces',
  ({ workloads }: { workloads: string }) => `Not ready on the target cluster: ${workloads}; see: kubectl get pods, on the target cluster`,
);
export const Removing = reason('Removing', ({ count }: { count: number }) => `Removing ${count} migrated objects from the target cluster`);
export const Removed = reason('Removed', () => 'Nothing that the migration created is left on the target cluster');
export const StageNoOp = reason(
  'StageNoOp',
  () => 'Stage migration was run without any PVs or ImageStreams in the source cluster: nothing was copied',
);
export const ObjectsDiffer = reason(
  'ObjectsDiffer',
  ({ differences }: { differences: string }) =>
    `Objects that the target cluster stored otherwise than they were on the source: ${differences}`,
);
export const RemovedButKept = reason(
  'RemovedButKept',
  ({ kept }: { kept: string }) =>
    `Everything that the migration created is removed, except ${kept}: it holds what somebody else has put there`,
);
