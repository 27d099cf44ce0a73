import { Cluster, Deployment, LocalCluster } from '@godwit/api';
import type { Effect } from '@godwit/controller';
import type { KubeObject, Resource } from '@godwit/kube';
import { components } from '../../names.ts';
import { COMPONENT_FINALIZER } from '../annotations.ts';
import { MANAGEMENT } from '../management.ts';
import { type Step, waitingFor } from './step.ts';

/** Machines that are paused would never go. */
export const unpauseMachines: Step = {
  name: 'unpause machines',
  find: async ({ machines, home }) => ({
    effects: machines?.spec.paused
      ? [
          {
            do: 'patch',
            on: MANAGEMENT,
            resource: Cluster,
            name: { namespace: home, name: machines.metadata.name ?? '' },
            patch: { spec: { paused: false } },
          },
        ]
      : [],
  }),
};

const deleting = (resource: Resource, { metadata: { namespace, name = '', uid = '', deletionTimestamp } }: KubeObject): Effect[] =>
  deletionTimestamp ? [] : [{ do: 'delete', on: MANAGEMENT, resource, name: { namespace, name }, uid }];

/** The cluster as Cluster API knows it; its manager takes machines and infrastructure along. */
export const deleteClusterApiObjects: Step = {
  name: 'delete the Cluster of Cluster API',
  find: async ({ world, machines, home, cluster }) => {
    if (machines !== undefined)
      return { effects: deleting(Cluster, machines), waiting: waitingFor('WaitingForCAPIClusterDeletion', [machines]) };
    const name = { namespace: home, name: cluster.spec.infraID ?? '' };
    // the Cluster may have gone before it took over its infrastructure
    const rest = name.name === '' ? undefined : await world.management.get(LocalCluster, name);
    return { effects: rest === undefined ? [] : deleting(LocalCluster, rest) };
  },
};

const withoutOurs = ({ metadata: { namespace, name = '', finalizers = [], resourceVersion } }: Deployment): Effect[] =>
  finalizers.includes(COMPONENT_FINALIZER)
    ? [
        {
          do: 'patch',
          on: MANAGEMENT,
          resource: Deployment,
          name: { namespace, name },
          patch: { metadata: { resourceVersion, finalizers: finalizers.filter((each) => each !== COMPONENT_FINALIZER) } },
        },
      ]
    : [];

/** The manager of machines may go, now that no machine is left. */
export const dropComponentFinalizers: Step = {
  name: 'let the manager of machines go',
  find: async ({ world, home }) => {
    const manager = await world.management.get(Deployment, { namespace: home, name: components.clusterApi });
    return { effects: manager === undefined ? [] : withoutOurs(manager) };
  },
};
