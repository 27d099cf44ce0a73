import { ClusterRole, ClusterRoleBinding, finalizers, HostedControlPlane } from '@godwit/api';
import { carryOut, type Effect, withoutFinalizer } from '@godwit/controller';
import type { World } from '../world.ts';
import { FIELD_MANAGER } from './apply/writer.ts';
import { clusterApiRoleName } from './components/cluster-api.ts';
import { MANAGEMENT } from './manifest.ts';

/** What the garbage collector cannot take away with a control plane, since it is in no namespace. */
const removals = ({ metadata }: HostedControlPlane): Effect[] => {
  const name = { name: clusterApiRoleName({ namespace: metadata.namespace ?? '' }) };
  return [ClusterRoleBinding, ClusterRole].map((resource) => ({ do: 'delete', on: MANAGEMENT, resource, name }));
};

/** Takes away what is outside of the namespace, then lets the object go; everything else belongs to it and goes with it. */
export const remove = async (world: World, plane: HostedControlPlane): Promise<void> => {
  await carryOut(removals(plane), { [MANAGEMENT]: world.management }, { fieldManager: FIELD_MANAGER });
  await withoutFinalizer(world.management, HostedControlPlane, plane, finalizers.hypershift);
};
