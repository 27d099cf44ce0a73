import { cleanStaleVelero } from '../phases/clean-stale-velero.ts';
import { milestone } from '../phases/milestone.ts';
import { passes } from '../phases/passes.ts';
import { startRefresh, waitForRefresh } from '../phases/refresh-plan.ts';

/** The first ten phases of Stage and Final. */
export const prepare = [
  milestone('Created', 'Prepare', 'Migration created'),
  milestone('Started', 'Prepare', 'Migration started'),
  startRefresh,
  waitForRefresh,
  passes(
    'CleanStaleAnnotations',
    'Prepare',
    'Removing leftover migration annotations and labels',
    'direct copies mark no objects of the application',
  ),
  passes('CleanStaleResticCRs', 'Prepare', 'Cleaning up incomplete restic CRs', 'direct copies create no PodVolumeBackups'),
  cleanStaleVelero,
  passes('RestartVelero', 'Prepare', 'Restarting Velero', 'the embedded engine drops removed work by itself'),
  passes('CleanStaleStagePods', 'Prepare', 'Cleaning up stale stage pods', 'direct copies create no stage pods'),
  passes(
    'WaitForStaleStagePodsTerminated',
    'Prepare',
    'Waiting for leftover stage pods to terminate',
    'direct copies create no stage pods',
  ),
] as const;
