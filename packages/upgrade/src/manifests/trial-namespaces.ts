import { fieldManagers, Namespace } from '@godwit/api';
import { type Client, isApiError } from '@godwit/kube';
import type { Manifest } from './manifest.ts';

/** Label of a namespace that is there only while manifests are tried. */
const TRIAL = 'godwit.io/trial-namespace';

/** Namespaces for a trial: those of the cluster, and those that earlier manifests would make. */
export type TrialNamespaces = {
  has(name: string): Promise<boolean>;
  /** Makes a namespace for as long as the trial goes on; nothing happens when there is one. */
  lend(manifest: Manifest): Promise<void>;
  /** Takes the lent ones away again. */
  takeBack(): Promise<void>;
};

const isTrial = ({ metadata }: Manifest): boolean => metadata.labels?.[TRIAL] !== undefined;

const marked = (manifest: Manifest): Namespace => ({
  ...manifest,
  metadata: { ...manifest.metadata, labels: { ...manifest.metadata.labels, [TRIAL]: 'true' } },
});

/**
 * Lends namespaces to a trial: objects cannot be tried in one that is not there. One that a killed trial has left is taken over, and one that
 * is still being deleted is waited for, by an error that is retried.
 */
export const trialNamespaces = (cluster: Client): TrialNamespaces => {
  const lent = new Set<string>();
  const read = (name: string) => cluster.get(Namespace, { name });
  const usable = async (name: string): Promise<boolean> => {
    const found = await read(name);
    if (found === undefined || (isTrial(found) && !lent.has(name) && found.metadata.deletionTimestamp === undefined)) return false;
    if (isTrial(found) && found.metadata.deletionTimestamp !== undefined)
      throw new Error(`The namespace ${name} of an earlier trial is still being deleted; the trial is made again when it is gone`);
    return true;
  };
  return {
    has: usable,
    lend: async (manifest) => {
      const { name = '' } = manifest.metadata;
      if (await usable(name)) return;
      try {
        await cluster.create(Namespace, marked(manifest), { fieldManager: fieldManagers.upgrade });
      } catch (error) {
        if (!isApiError(error, 'AlreadyExists')) throw error;
      }
      lent.add(name);
    },
    takeBack: async () => {
      for (const name of lent) await cluster.delete(Namespace, { name });
      lent.clear();
    },
  };
};
