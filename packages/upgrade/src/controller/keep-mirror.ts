import type { ImageBasedUpgrade } from '@godwit/api';
import { removeMirror, saveMirror } from '../carried/carried-upgrade.ts';
import type { HostDriver } from '../host/driver.ts';
import { isFailed, isIdle } from '../stage/stage-conditions.ts';
import type { UpgradeWorld } from '../world.ts';

/** Hosts whose mirror could not be written, and of which this was told. */
const told = new WeakSet<HostDriver>();

/** A full disk must not keep anybody from going back to Idle, which frees it; the next round tries again. */
const bestEffort = async ({ host, log }: Pick<UpgradeWorld, 'host' | 'log'>, work: Promise<void>): Promise<boolean> => {
  try {
    await work;
    told.delete(host);
    return true;
  } catch (error) {
    if (!told.has(host)) log.error({ err: error }, 'the upgrade cannot be saved to disk; if it is deleted now, it begins anew');
    told.add(host);
    return false;
  }
};

/** Keeps the upgrade on disk while something goes on: deleting the object must not undo it; else a deleted one begins anew. */
export const mirrorOf = (world: Pick<UpgradeWorld, 'host' | 'log'>) => {
  let kept = '';
  return async (upgrade: ImageBasedUpgrade): Promise<void> => {
    const conditions = upgrade.status?.conditions ?? [];
    if (isIdle(conditions) || isFailed(conditions, 'Rollback')) return removeMirror(world.host);
    const text = JSON.stringify([upgrade.spec, upgrade.status, upgrade.metadata.annotations]);
    if (text !== kept && (await bestEffort(world, saveMirror(world.host, upgrade)))) kept = text;
  };
};
