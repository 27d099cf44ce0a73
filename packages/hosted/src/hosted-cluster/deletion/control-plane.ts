import { annotations, HostedControlPlane, Namespace } from '@godwit/api';
import { MANAGEMENT } from '../management.ts';
import { type Step, waitingFor } from './step.ts';

/** Tells the control plane whether it is to remove cloud resources that the hosted cluster has made. */
export const tellCleanup: Step = {
  name: 'tell the control plane about the clean-up',
  find: async ({ cluster, controlPlane }) => {
    const wish = cluster.metadata.annotations?.[annotations.cleanupCloudResources];
    if (controlPlane === undefined || wish === undefined || controlPlane.metadata.annotations?.[annotations.cleanupCloudResources] === wish)
      return { effects: [] };
    const { namespace, name = '' } = controlPlane.metadata;
    const patch = { metadata: { annotations: { [annotations.cleanupCloudResources]: wish } } };
    return { effects: [{ do: 'patch', on: MANAGEMENT, resource: HostedControlPlane, name: { namespace, name }, patch }] };
  },
};

/** The control plane itself, which its own controller takes down. */
export const deleteControlPlane: Step = {
  name: 'delete the control plane',
  find: async ({ controlPlane }) => {
    if (controlPlane === undefined) return { effects: [] };
    const { namespace, name = '', uid = '', deletionTimestamp } = controlPlane.metadata;
    return {
      effects: deletionTimestamp ? [] : [{ do: 'delete', on: MANAGEMENT, resource: HostedControlPlane, name: { namespace, name }, uid }],
      waiting: waitingFor('WaitingForControlPlaneDeletion', [controlPlane]),
    };
  },
};

/** The namespace, with all that was copied there; one that was not made for this cluster, or is to be kept, stays. */
export const deleteNamespace: Step = {
  name: 'delete the namespace of the control plane',
  find: async ({ world, cluster, home, namespace, name }) => {
    const place = await world.management.get(Namespace, { name: home });
    const isKept = cluster.metadata.annotations?.[annotations.skipDeleteControlPlaneNamespace] === 'true';
    const isOurs = place?.metadata.annotations?.[annotations.hostedCluster] === `${namespace}/${name}`;
    if (place === undefined || isKept || !isOurs) return { effects: [] };
    const { uid = '', deletionTimestamp } = place.metadata;
    return {
      effects: deletionTimestamp ? [] : [{ do: 'delete', on: MANAGEMENT, resource: Namespace, name: { name: home }, uid }],
      waiting: waitingFor('WaitingForNamespaceDeletion', [place]),
    };
  },
};
