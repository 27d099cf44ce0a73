import { apiVersionOf, fieldManagers, ImageBasedUpgrade, UPGRADE_NAME } from '@godwit/api';
import { isApiError } from '@godwit/kube';
import { readCarried, readMirror, removeCarried, UnreadableUpgrade } from '../carried/carried-upgrade.ts';
import type { UpgradeWorld } from '../world.ts';

const name = { name: UPGRADE_NAME };
const options = { fieldManager: fieldManagers.upgrade };

const fresh = (): ImageBasedUpgrade => ({
  apiVersion: apiVersionOf(ImageBasedUpgrade),
  kind: ImageBasedUpgrade.kind,
  metadata: name,
  spec: { stage: 'Idle', seedImageRef: {}, autoRollbackOnFailure: {} },
});

/** Without what belongs to the object that is gone, so that another one can be made like it. */
const likeness = ({ apiVersion, kind, metadata: { labels, annotations }, spec }: ImageBasedUpgrade): ImageBasedUpgrade => ({
  apiVersion,
  kind,
  metadata: { ...name, ...(labels === undefined ? {} : { labels }), ...(annotations === undefined ? {} : { annotations }) },
  spec,
});

/** Makes the first object; one that came into being meanwhile is taken as it is. */
const madeFresh = async ({ cluster }: UpgradeWorld): Promise<ImageBasedUpgrade> => {
  try {
    return await cluster.create(ImageBasedUpgrade, fresh(), options);
  } catch (error) {
    const found = isApiError(error, 'AlreadyExists') ? await cluster.get(ImageBasedUpgrade, name) : undefined;
    if (found === undefined) throw error;
    return found;
  }
};

/**
 * Makes a saved object again. Its status never gets to a spec that somebody else wrote: when an object is there already, or was changed before it
 * had a status, this throws and is to be begun anew. Nothing may be asked for until it was looked at here: in another release another list is valid.
 */
const remade = async ({ cluster }: UpgradeWorld, saved: ImageBasedUpgrade): Promise<ImageBasedUpgrade> => {
  const object = await cluster.create(ImageBasedUpgrade, likeness(saved), options);
  if (saved.status === undefined) return object;
  const { validNextStages: _, ...status } = saved.status;
  const { resourceVersion } = object.metadata;
  return cluster.patch(ImageBasedUpgrade, name, { metadata: { resourceVersion }, status }, { ...options, subresource: 'status' });
};

const orWarn = async <T>({ log }: UpgradeWorld, read: Promise<T>): Promise<T | undefined> => {
  try {
    return await read;
  } catch (error) {
    if (!(error instanceof UnreadableUpgrade)) throw error;
    log.error({ err: error }, 'a saved upgrade cannot be read');
    return undefined;
  }
};

/**
 * Puts in place what an earlier boot has left, whatever the cluster holds: after a reboot its etcd may be that of another time. The file goes
 * last, so a kill in between begins anew. Resolves to undefined when nothing was left.
 */
export const restoreCarried = async (world: UpgradeWorld): Promise<ImageBasedUpgrade | undefined> => {
  const saved = await orWarn(world, readCarried(world.host));
  if (saved === undefined) return undefined;
  await world.cluster.delete(ImageBasedUpgrade, name);
  const object = await remade(world, saved);
  await removeCarried(world.host);
  world.log.info({ stage: saved.spec?.stage }, 'the upgrade goes on as the boot before has left it');
  return object;
};

/**
 * The object as it is now. One that was deleted is made again: as it was, while something goes on; else as a new one. One without a status
 * is such an object that somebody else, or a round that was killed, has made: it makes way for the one that goes on.
 */
export const appear = async (world: UpgradeWorld): Promise<ImageBasedUpgrade> => {
  const found = await world.cluster.get(ImageBasedUpgrade, name);
  if (found?.status?.conditions !== undefined) return found;
  const left = found === undefined ? await restoreCarried(world) : undefined;
  if (left !== undefined) return left;
  const before = await orWarn(world, readMirror(world.host));
  if (before === undefined) return found ?? madeFresh(world);
  world.log.warn({}, 'the upgrade was deleted while it goes on; it is made again as it was');
  if (found !== undefined) await world.cluster.delete(ImageBasedUpgrade, name, { uid: found.metadata.uid });
  return remade(world, before);
};
