import { fieldManagers, Namespace } from '@godwit/api';
import { type Client, isApiError } from '@godwit/kube';
import { holdsObjects } from './holds-objects.ts';
import type { Manifest } from './manifest.ts';

/** Label of a namespace that is there only while manifests are tried. */
const TRIAL = 'godwit.io/trial-namespace';

/** Namespaces for a trial: those of the cluster, and those that earlier manifests would make. */
export type TrialNamespaces = {
  has(name: string): Promise<boolean>;
  /** Makes a namespace for as long as the trial goes on; nothing happens when there is one. */
  lend(manifest: Manifest): Promise<void>;
  /** Takes the lent ones away again; one that somebody uses meanwhile stays, and is a trial's no more. */
  takeBack(): Promise<void>;
};

const options = { fieldManager: fieldManagers.upgrade };

const isTrial = ({ metadata }: Namespace): boolean => metadata.labels?.[TRIAL] !== undefined;

const marked = (manifest: Manifest): Namespace => ({
  ...manifest,
  metadata: { ...manifest.metadata, labels: { ...manifest.metadata.labels, [TRIAL]: 'true' } },
});

const uidOf = ({ metadata }: Namespace): string => metadata.uid ?? '';

const isGoing = ({ metadata }: Namespace): boolean => metadata.deletionTimestamp !== undefined;

/** Whoever has put something into a namespace goes on having it. */
const giveAway = async (cluster: Client, name: string): Promise<void> => {
  await cluster.patch(Namespace, { name }, { metadata: { labels: { [TRIAL]: null } } }, options);
};

const orConflict = async (work: Promise<void>): Promise<'done' | 'conflict'> => {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (!isApiError(error, 'Conflict')) throw error;
    return 'conflict';
  }
};

/** Deletes the very namespace that was lent, as it was looked at; one that has changed since is looked at again. */
const takeAway = async (cluster: Client, name: string, uid: string): Promise<void> => {
  const found = await cluster.get(Namespace, { name });
  if (found === undefined || uidOf(found) !== uid || !isTrial(found) || isGoing(found)) return;
  if (await holdsObjects(cluster, name)) return giveAway(cluster, name);
  const { resourceVersion } = found.metadata;
  if ((await orConflict(cluster.delete(Namespace, { name }, { uid, resourceVersion }))) === 'conflict') await takeAway(cluster, name, uid);
};

/**
 * Lends namespaces to a trial: objects cannot be tried in one that is not there. One that a killed trial has left is taken over if nobody uses
 * it, and one that is still being deleted is waited for, by an error that is retried.
 */
export const trialNamespaces = (cluster: Client): TrialNamespaces => {
  /** The names, and which namespace of that name it is. */
  const lent = new Map<string, string>();
  /** A namespace that a trial has left, and that is not lent. */
  const isLeft = (found: Namespace, name: string): boolean => isTrial(found) && lent.get(name) !== uidOf(found);
  const read = async (name: string): Promise<Namespace | undefined> => {
    const found = await cluster.get(Namespace, { name });
    if (found !== undefined && isTrial(found) && isGoing(found))
      throw new Error(`The namespace ${name} of an earlier trial is still being deleted; the trial is made again when it is gone`);
    return found;
  };
  const takeOver = async (found: Namespace, name: string): Promise<void> => {
    if (await holdsObjects(cluster, name)) await giveAway(cluster, name);
    else lent.set(name, uidOf(found));
  };
  const lend = async (manifest: Manifest): Promise<void> => {
    const { name = '' } = manifest.metadata;
    const found = await read(name);
    if (found !== undefined) return isLeft(found, name) ? takeOver(found, name) : undefined;
    try {
      lent.set(name, uidOf(await cluster.create(Namespace, marked(manifest), options)));
    } catch (error) {
      if (!isApiError(error, 'AlreadyExists')) throw error;
      await lend(manifest);
    }
  };
  return {
    has: async (name) => {
      const found = await read(name);
      return found !== undefined && (!isLeft(found, name) || (await holdsObjects(cluster, name)));
    },
    lend,
    takeBack: async () => {
      for (const [name, uid] of lent) await takeAway(cluster, name, uid);
      lent.clear();
    },
  };
};
