import { BackupStorageLocation } from '@godwit/api';
import { advance, wait } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { StorageAvailable, StorageUnavailable } from '../reasons.ts';
import { runPhase, type Scope } from '../scope.ts';

/** The backup storage location that the plan made on a cluster, or undefined while there is none. */
export const locationOf = async ({ world, plan }: Scope, client: Client) => {
  const locations = (await world.cache(client, BackupStorageLocation, { namespace: world.settings.namespace })).list();
  return locations.find(({ metadata }) => metadata.labels?.migplan === plan.metadata.uid);
};

/** Waits until the engines of both clusters reach the repository. */
export const waitForStorage = runPhase({
  name: 'WaitForVeleroReady',
  step: 'Prepare',
  description: 'Waiting for Velero to be ready',
  deadlineSeconds: 120,
  observe: async (scope) => {
    const found = await Promise.all([locationOf(scope, scope.source), locationOf(scope, scope.target)]);
    return found.map((location, at) => ({
      name: `${location?.metadata.name ?? `of plan ${scope.plan.metadata.name}`} on the ${at === 0 ? 'source' : 'target'} cluster`,
      available: location?.status?.phase === 'Available',
      message: location?.status?.message ?? '',
    }));
  },
  decide: (locations) => {
    const missing = locations.filter(({ available }) => !available);
    if (missing.length === 0) return advance(StorageAvailable());
    return wait(
      StorageUnavailable({ locations: missing.map(({ name, message }) => (message === '' ? name : `${name} (${message})`)).join(', ') }),
    );
  },
});
