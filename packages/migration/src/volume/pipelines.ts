import type { DirectVolumeMigration } from '@godwit/api';
import { advance, type Pipeline, pipeline } from '@godwit/controller';
import { STEP, volumePhase } from './phase.ts';
import {
  cleanStaleRsyncResources,
  deleteRsyncResources,
  migrationFailed,
  waitForRsyncResourcesTerminated,
  waitForStaleRsyncResourcesTerminated,
} from './phases/clean-up.ts';
import { createRsyncConfig, createStunnelConfig } from './phases/configuration.ts';
import { createDestinationPVCs } from './phases/create-claims.ts';
import { createPVProgressCRs } from './phases/create-progress.ts';
import { createRsyncRoute, ensureRsyncRouteAdmitted } from './phases/endpoint.ts';
import { runRsyncOperations } from './phases/run-rsync.ts';
import { createRsyncTransferPods, waitForRsyncTransferPodsRunning } from './phases/server-pods.ts';
import { prepare, started } from './phases/start.ts';
import { createDestinationNamespaces, destinationNamespacesCreated } from './phases/target-namespaces.ts';
import { verifyVolumes } from './phases/verify-volumes.ts';
import { Completed } from './reasons.ts';
import type { Scope } from './scope.ts';

const completed = volumePhase({
  name: 'Completed',
  step: STEP,
  description: 'Complete',
  observe: async () => undefined,
  decide: () => advance(Completed()),
});

/**
 * One pass over all volumes. Upstream's phases for virtual machines (VerifyVMs, DeleteStaleVirtualMachineInstanceMigrations,
 * CleanupStaleVirtHandlerPods) have no row: disks of virtual machines are not moved here, and Prepare refuses block volumes.
 */
const volumeMigration = pipeline<Scope, DirectVolumeMigration>('VolumeMigration', [
  started,
  prepare,
  cleanStaleRsyncResources,
  waitForStaleRsyncResourcesTerminated,
  createDestinationNamespaces,
  destinationNamespacesCreated,
  createDestinationPVCs,
  createRsyncRoute,
  ensureRsyncRouteAdmitted,
  createRsyncConfig,
  createStunnelConfig,
  createPVProgressCRs,
  createRsyncTransferPods,
  waitForRsyncTransferPodsRunning,
  runRsyncOperations,
  verifyVolumes,
  deleteRsyncResources,
  waitForRsyncResourcesTerminated,
  completed,
]);

/** Nothing is copied back: a rollback only moves disks of virtual machines, of which there are none here. */
const volumeMigrationRollback = pipeline<Scope, DirectVolumeMigration>('VolumeMigrationRollback', [
  started,
  cleanStaleRsyncResources,
  waitForStaleRsyncResourcesTerminated,
  completed,
]);

/** Removes what the failed copy made, on both clusters. */
export const volumeMigrationFailed = pipeline<Scope, DirectVolumeMigration>('VolumeMigrationFailed', [
  migrationFailed,
  deleteRsyncResources,
  waitForRsyncResourcesTerminated,
  completed,
]);

/** Names the list of phases to walk. */
export const choosePipeline = ({
  spec,
  status,
}: Pick<DirectVolumeMigration, 'spec' | 'status'>): Pipeline<Scope, DirectVolumeMigration> => {
  if (status?.itinerary === volumeMigrationFailed.name) return volumeMigrationFailed;
  return spec.migrationType === 'Rollback' ? volumeMigrationRollback : volumeMigration;
};
