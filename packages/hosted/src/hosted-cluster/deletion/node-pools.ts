import { NodePool } from '@godwit/api';
import { MANAGEMENT } from '../management.ts';
import { type Step, waitingFor } from './step.ts';

/** The pools of this cluster, found by `spec.clusterName`. */
export const deleteNodePools: Step = {
  name: 'delete the node pools',
  find: async ({ world, namespace, name }) => {
    const { items } = await world.management.list(NodePool, { namespace });
    const pools = items.filter(({ spec }) => spec.clusterName === name);
    if (pools.length === 0) return { effects: [] };
    return {
      effects: pools
        .filter(({ metadata }) => !metadata.deletionTimestamp)
        .map(({ metadata }) => ({
          do: 'delete',
          on: MANAGEMENT,
          resource: NodePool,
          name: { namespace, name: metadata.name ?? '' },
          uid: metadata.uid ?? '',
        })),
      waiting: waitingFor('WaitingForNodePoolDeletion', pools),
    };
  },
};
