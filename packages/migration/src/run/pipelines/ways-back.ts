import { pipeline } from '@godwit/controller';
import { deleteBackups, deleteRestores, deleteVolumeMigrations } from '../phases/clean-up.ts';
import { milestone } from '../phases/milestone.ts';
import { passes } from '../phases/passes.ts';
import { removeAllMigrated, takeBackRestored } from '../phases/remove-migrated.ts';
import { wakeSource } from '../phases/wake-source.ts';
import type { Run, Scope } from '../scope.ts';

const noRegistries = passes(
  'DeleteRegistries',
  'CleanupHelpers',
  'Deleting migration registries',
  'direct migrations create no registries',
);
const noHookJobs = passes('DeleteHookJobs', 'CleanupHelpers', 'Deleting hook jobs', 'no hook has run');

/** Ends a run on request: nothing of it stays on the target but copied volumes, and the source runs as before. */
export const cancel = pipeline<Scope, Run>('Cancel', [
  milestone('Canceling', 'CleanupVelero', 'Canceling migration'),
  ...takeBackRestored,
  deleteBackups('CleanupVelero'),
  deleteRestores('CleanupVelero'),
  noRegistries,
  noHookJobs,
  deleteVolumeMigrations('CleanupHelpers'),
  wakeSource,
  milestone('Canceled', 'Cleanup', 'Migration canceled'),
  milestone('Completed', 'Cleanup', 'Migration completed'),
]);

/** Walked after a failure: the source runs again before the run ends (G-M13). */
export const failed = pipeline<Scope, Run>('Failed', [
  milestone('MigrationFailed', 'CleanupHelpers', 'Migration failed'),
  ...takeBackRestored,
  noRegistries,
  deleteVolumeMigrations('CleanupHelpers'),
  wakeSource,
  milestone('Completed', 'Cleanup', 'Migration completed'),
]);

/** Walked after a failure when the run says `onFailure: Keep`: everything stays as it was found. */
export const failedAndKept = pipeline<Scope, Run>('Failed', [
  milestone('MigrationFailed', 'CleanupHelpers', 'Migration failed'),
  milestone('Completed', 'Cleanup', 'Migration completed'),
]);

/** Takes a plan's migrations back: the target loses what they created, the source runs again. */
export const rollback = pipeline<Scope, Run>('Rollback', [
  milestone('Rollback', 'CleanupVelero', 'Starting rollback'),
  deleteVolumeMigrations('CleanupHelpers'),
  noRegistries,
  ...removeAllMigrated,
  wakeSource,
  milestone('Completed', 'Cleanup', 'Migration completed'),
]);
