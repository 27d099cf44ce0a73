import { Cluster, Deployment, finalizers, LocalCluster, Machine } from '@godwit/api';
import type { Effect } from '@godwit/controller';
import type { KubeObject, Resource } from '@godwit/kube';
import { components } from '../../names.ts';
import { hasLocalInfrastructure } from '../facts.ts';
import { MANAGEMENT } from '../management.ts';
import { type Found, type Scope, type Step, waitingFor } from './step.ts';

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

const isGoing = ({ metadata }: KubeObject): boolean => metadata.deletionTimestamp !== undefined;

/**
 * Cluster API takes the control plane along, and its manager goes with that one: what is left then is finished here. A Machine that
 * is still there keeps everything, since nobody else knows what it runs on.
 */
const finishWithoutManager = async ({ world, home }: Scope, cluster: Cluster): Promise<Found> => {
  const { items: machines } = await world.management.list(Machine, { namespace: home });
  if (machines.length > 0) return { effects: [], waiting: waitingFor('WaitingForCAPIClusterDeletion', machines) };
  const { name = '', resourceVersion } = cluster.metadata;
  const rest = await world.management.get(LocalCluster, { namespace: home, name });
  const waiting = waitingFor('WaitingForCAPIClusterDeletion', [rest ?? cluster]);
  if (rest !== undefined) return { effects: deleting(LocalCluster, rest), waiting };
  const patch = { metadata: { resourceVersion, finalizers: null } };
  return { effects: [{ do: 'patch', on: MANAGEMENT, resource: Cluster, name: { namespace: home, name }, patch }], waiting };
};

/** The cluster as Cluster API knows it; its manager takes machines and infrastructure along. */
export const deleteClusterApiObjects: Step = {
  name: 'delete the Cluster of Cluster API',
  find: async (scope) => {
    const { world, machines, home, cluster, controlPlane } = scope;
    if (machines !== undefined && isGoing(machines) && controlPlane === undefined) return finishWithoutManager(scope, machines);
    if (machines !== undefined)
      return { effects: deleting(Cluster, machines), waiting: waitingFor('WaitingForCAPIClusterDeletion', [machines]) };
    const name = { namespace: home, name: cluster.spec.infraID ?? '' };
    // the Cluster may have gone before it took over its infrastructure
    const rest = name.name === '' || !hasLocalInfrastructure(cluster) ? undefined : await world.management.get(LocalCluster, name);
    return { effects: rest === undefined ? [] : deleting(LocalCluster, rest) };
  },
};

const withoutOurs = ({ metadata }: Deployment): Effect[] => {
  const { namespace, name = '', resourceVersion } = metadata;
  const left = metadata.finalizers?.filter((each) => each !== finalizers.hypershiftComponent) ?? [];
  if (left.length === (metadata.finalizers?.length ?? 0)) return [];
  const patch = { metadata: { resourceVersion, finalizers: left } };
  return [{ do: 'patch', on: MANAGEMENT, resource: Deployment, name: { namespace, name }, patch }];
};

/** The manager of machines may go, now that no machine is left. */
export const dropComponentFinalizers: Step = {
  name: 'let the manager of machines go',
  find: async ({ world, home }) => {
    const manager = await world.management.get(Deployment, { namespace: home, name: components.clusterApi });
    return { effects: manager === undefined ? [] : withoutOurs(manager) };
  },
};
