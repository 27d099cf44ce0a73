import { isTransient } from '@godwit/kube';
import { clusterIdOf } from '../backup/cluster-id.ts';
import { deleteBackups, type Undeleted } from '../backup/delete-backups.ts';
import { ownBackups } from '../backup/own-backups.ts';
import { restoreReclaimPolicies } from '../backup/reclaim-policy.ts';
import {
  forgetSavedRestores,
  keepRestores,
  restoreRecordOf,
  savedRestores,
  saveRestores,
  withRestores,
} from '../backup/restore-records.ts';
import type { UpgradeWorld } from '../world.ts';
import { CleanupError, type CleanupStep } from './cleanup-step.ts';

/** Code of the finding about a Backup that could not be deleted. */
const BACKUP_NOT_DELETED = 'BackupNotDeleted';

/** The sample of the seed document; what went wrong in detail is told in findings, events and the log (D-I18). */
const NOT_ALL = 'failed to delete all the backup CRs.';

const finding = ({ backup, message }: Undeleted) => ({
  code: BACKUP_NOT_DELETED,
  severity: 'Error' as const,
  object: `Backup openshift-adp/${backup}`,
  message,
  remediation: 'Look whether kubectl get backupstoragelocations.velero.io -n openshift-adp says Available; it is tried again by itself',
});

const removeBackups = async (world: UpgradeWorld, signal: AbortSignal): Promise<void> => {
  const { cluster, clock, host } = world;
  const clusterId = await clusterIdOf(world);
  const own = await ownBackups(cluster, clusterId);
  await saveRestores(
    host,
    cluster,
    own.map(({ metadata }) => metadata.name ?? ''),
  );
  const left = await deleteBackups({ cluster, clock, clusterId, signal });
  await restoreReclaimPolicies(cluster);
  if (left.length > 0) throw new CleanupError(NOT_ALL, left.map(finding));
  await keepRestores(host, cluster);
};

/** Deletes the Backups of this cluster with their data, keeps the results of their Restores, and gives volumes their reclaim policy back. */
export const removeOwnBackups: CleanupStep = {
  name: 'RemoveBackups',
  description: 'Deleting the backups of this upgrade',
  limitSeconds: 420,
  codes: [BACKUP_NOT_DELETED],
  run: async (world, signal) => {
    try {
      await removeBackups(world, signal);
    } catch (error) {
      if (error instanceof CleanupError || signal.aborted || isTransient(error)) throw error;
      const message = error instanceof Error ? error.message : String(error);
      throw new CleanupError(NOT_ALL, [finding({ backup: '*', message })]);
    }
  },
  finish: async ({ host, report }) => {
    const restores = await savedRestores(host);
    if (restores.length > 0) report.change((status) => withRestores(status, restores.map(restoreRecordOf)));
    await report.write();
    await forgetSavedRestores(host);
  },
};
