import { Cluster, HostedControlPlane } from '@godwit/api';
import type { Effect } from '@godwit/controller';
import { heldIn } from '../../hold.ts';
import type { Facts } from '../facts.ts';
import { MANAGEMENT } from '../management.ts';
import { pauseOf } from './paused-until.ts';

const patch = (
  resource: typeof HostedControlPlane | typeof Cluster,
  { metadata: { namespace, name = '' } }: HostedControlPlane | Cluster,
  spec: object,
): Effect => ({ do: 'patch', on: MANAGEMENT, resource, name: { namespace, name }, patch: { spec } });

/**
 * Lets the control plane and the machines pause and go on with their cluster; machines rest also while a move holds them. Nothing is written
 * that is so already (T9, T10). Pure.
 */
export const pauseEffects = ({
  cluster,
  controlPlane,
  machines,
  now,
}: Pick<Facts, 'cluster' | 'controlPlane' | 'machines' | 'now'>): Effect[] => {
  const { pausedUntil } = cluster.spec;
  const paused = pauseOf(pausedUntil, now).paused || heldIn(cluster).has('machines');
  return [
    ...(controlPlane && controlPlane.spec.pausedUntil !== pausedUntil
      ? [patch(HostedControlPlane, controlPlane, { pausedUntil: pausedUntil ?? null })]
      : []),
    ...(machines && (machines.spec.paused ?? false) !== paused ? [patch(Cluster, machines, { paused })] : []),
  ];
};
