export { directVolumeMigrationController } from './controller.ts';
export { volumeMigration, volumeMigrationFailed, volumeMigrationRollback } from './pipelines.ts';
