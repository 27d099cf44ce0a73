import { join } from 'node:path';
import { ConfigMap, fieldManagers, ImageBasedUpgrade, Job, LCA_NAMESPACE, UPGRADE_NAME, upgradeAnnotations } from '@godwit/api';
import { remove } from '../carried/files.ts';
import { agentFiles } from '../carried/paths.ts';
import { disarm } from '../rollback/deadline.ts';
import type { CleanupStep } from './cleanup-step.ts';

/** What lists the images that are fetched ahead. */
export const PRECACHE = { namespace: LCA_NAMESPACE, name: 'lca-prep-precache' };

/** The watch over an upgrade, which may have outlived it; first of all, since the stateroot that it rolls back to goes. */
export const endWatch: CleanupStep = {
  name: 'EndWatch',
  description: 'Ending the watch that rolls an upgrade back',
  limitSeconds: 120,
  run: ({ host }) => disarm(host.root),
};

/** What fetching images ahead leaves behind; the images stay. */
export const removePrecache: CleanupStep = {
  name: 'RemovePrecache',
  description: 'Removing what fetching images ahead has left',
  limitSeconds: 120,
  run: async ({ cluster, host }) => {
    await cluster.delete(Job, PRECACHE);
    await cluster.delete(ConfigMap, PRECACHE);
    await remove(join(host.root, agentFiles.workspace, 'precache_status.json'), join(host.root, agentFiles.containersList));
  },
};

/** The warning about extra manifests. */
export const removeWarning: CleanupStep = {
  name: 'RemoveWarning',
  description: 'Removing the warning about extra manifests',
  limitSeconds: 120,
  run: async ({ cluster }) => {
    const annotations = { [upgradeAnnotations.validationWarning]: null };
    const found = await cluster.get(ImageBasedUpgrade, { name: UPGRADE_NAME });
    if (found?.metadata.annotations?.[upgradeAnnotations.validationWarning] === undefined) return;
    await cluster.patch(ImageBasedUpgrade, { name: UPGRADE_NAME }, { metadata: { annotations } }, { fieldManager: fieldManagers.upgrade });
  },
};

/** Files that only this upgrade needs. */
export const removeWorkspace: CleanupStep = {
  name: 'RemoveWorkspace',
  description: 'Removing the working files',
  limitSeconds: 120,
  run: ({ host }) =>
    remove(
      ...[agentFiles.workspace, agentFiles.journal, agentFiles.seedManifest, agentFiles.carried, agentFiles.carriedIn, agentFiles.left].map(
        (path) => join(host.root, path),
      ),
    ),
};
