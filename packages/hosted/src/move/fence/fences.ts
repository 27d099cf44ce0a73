import type { Client } from '@godwit/kube';
import type { Fences } from '../../hosted-cluster/fences.ts';
import { fenceKey, keptFences } from './fence.ts';

/** Tells which identities have moved away from a management cluster, by what moves have written down there. */
export const fencesOn = (client: Client, namespace: string): Fences => ({
  forbidding: async ({ namespace: of, name, infraId }) => {
    const fences = await keptFences(client, namespace);
    const found = fences.find(
      ({ hostedCluster, infraID }) => (hostedCluster.namespace === of && hostedCluster.name === name) || infraID === infraId,
    );
    return found && { name: fenceKey(found.infraID, found.epoch) };
  },
});
