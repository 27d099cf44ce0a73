import type { Controller } from '@godwit/controller';
import { backupController } from './backup-controller.ts';
import { deleteController } from './delete-controller.ts';
import { locationController } from './location-controller.ts';
import type { BackupControllersOptions } from './options.ts';
import { restoreController } from './restore-controller.ts';
import { createRuns } from './runs.ts';

/** The controllers of the velero.io objects of one cluster; start a set per cluster. */
export const backupControllers = (options: BackupControllersOptions): Controller[] => {
  const context = { ...options, runs: createRuns(options.log) };
  return [backupController(context), restoreController(context), locationController(context), deleteController(context)];
};
