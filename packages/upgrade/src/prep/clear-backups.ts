import type { ImageBasedUpgrade } from '@godwit/api';
import { advance, fail, phaseOf, wait } from '@godwit/controller';
import { clusterIdOf } from '../backup/cluster-id.ts';
import { readOadpContent } from '../backup/oadp-content.ts';
import { removeRestoreRecords } from '../backup/restore-records.ts';
import { readStaleBackups, requestDeletion, type StaleBackups } from '../backup/stale-backups.ts';
import type { StageScope } from '../handler/stage-handler.ts';

const clear = async ({ cluster, host, upgrade }: StageScope): Promise<StaleBackups> => {
  await removeRestoreRecords(cluster);
  const { backups } = await readOadpContent(cluster, upgrade.current().spec?.oadpContent);
  if (backups.length === 0) return { leaving: [], errors: [] };
  const clusterId = await clusterIdOf({ cluster, host });
  const stale = await readStaleBackups(
    cluster,
    clusterId,
    backups.map(({ metadata }) => metadata.name ?? ''),
  );
  for (const name of stale.leaving) await requestDeletion(cluster, clusterId, name);
  return stale;
};

/** Makes room for the backups of this upgrade: those of another cluster under the same names go, and the results of earlier restores. */
export const clearBackups = phaseOf<StageScope, ImageBasedUpgrade>()({
  name: 'ClearBackups',
  step: 'Validate',
  description: 'Removing what earlier upgrades have left of backups',
  deadlineSeconds: 900,
  observe: clear,
  decide: ({ leaving, errors }) => {
    if (errors.length > 0)
      return fail({
        reason: 'StaleBackups',
        message: `failed to validate IBU spec: Failed to cleanup stale Backups: ${errors.join('; ')}`,
      });
    if (leaving.length === 0) return advance({ reason: 'Cleared', message: 'No other backups are in the way' });
    return wait({ reason: 'StaleBackups', message: `Deleting stale Backups: ${leaving.join(', ')}` }, [], '10s');
  },
});
