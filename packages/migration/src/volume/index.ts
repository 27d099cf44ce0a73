export { directVolumeMigrationController } from './controller.ts';
