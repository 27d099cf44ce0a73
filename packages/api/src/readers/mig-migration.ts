import type { MigMigration } from '../migration/mig-migration.ts';
import { annotations } from '../names/index.ts';

/** What a MigMigration says, with defaults filled in: every flag is false unless set, and a failure wakes the source again. */
export const readMigMigration = ({ metadata, spec }: MigMigration) => ({
  plan: spec.migPlanRef,
  stage: spec.stage,
  quiescePods: spec.quiescePods ?? false,
  keepAnnotations: spec.keepAnnotations ?? false,
  verify: spec.verify ?? false,
  canceled: spec.canceled ?? false,
  rollback: spec.rollback ?? false,
  /** Early versions said so by annotation. */
  migrateState: (spec.migrateState ?? false) || metadata.annotations?.[annotations.stateTransfer] !== undefined,
  runAsRoot: spec.runAsRoot,
  runAsUser: spec.runAsUser,
  runAsGroup: spec.runAsGroup,
  onFailure: spec.onFailure === 'Keep' ? ('Keep' as const) : ('Restore' as const),
  /** Phases before which the run stops. */
  holdBefore: (metadata.annotations?.[annotations.holdBefore] ?? '')
    .split(',')
    .map((phase) => phase.trim())
    .filter((phase) => phase !== ''),
});
