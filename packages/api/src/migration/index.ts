import { DirectImageMigration } from './direct-image-migration.ts';
import { DirectImageStreamMigration } from './direct-image-stream-migration.ts';
import { DirectVolumeMigration } from './direct-volume-migration.ts';
import { DirectVolumeMigrationProgress } from './direct-volume-migration-progress.ts';
import { MigAnalytic } from './mig-analytic.ts';
import { MigCluster } from './mig-cluster.ts';
import { MigHook } from './mig-hook.ts';
import { MigMigration } from './mig-migration.ts';
import { MigPlan } from './mig-plan.ts';
import { MigStorage } from './mig-storage.ts';
import { MigrationController } from './migration-controller.ts';

/** Every kind of migration.openshift.io. */
export const migrationKinds = [
  DirectImageMigration,
  DirectImageStreamMigration,
  DirectVolumeMigration,
  DirectVolumeMigrationProgress,
  MigAnalytic,
  MigCluster,
  MigHook,
  MigMigration,
  MigPlan,
  MigStorage,
  MigrationController,
] as const;
