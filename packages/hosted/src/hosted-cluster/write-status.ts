import { HostedCluster } from '@godwit/api';
import { createRecorder, statusPatch } from '@godwit/controller';
import type { World } from '../world.ts';
import { FIELD_MANAGER } from './annotations.ts';

type Status = NonNullable<HostedCluster['status']>;

/**
 * Writes what differs of a status, and an event for each condition that turned. The conditions are one list, so a status that somebody
 * else has written meanwhile is a conflict, which is thrown and may pass.
 */
export const writeStatus = async (world: World, cluster: HostedCluster, status: Status): Promise<HostedCluster> => {
  const patch = statusPatch(cluster.status, status);
  if (patch === undefined) return cluster;
  const { namespace, name = '', resourceVersion } = cluster.metadata;
  const body = { metadata: { resourceVersion }, status: patch };
  const written = await world.management.patch(HostedCluster, { namespace, name }, body, {
    subresource: 'status',
    fieldManager: FIELD_MANAGER,
  });
  const recorder = createRecorder({ clock: world.clock, log: world.log, component: 'godwit.io/hosted', instance: 'controllers' });
  await recorder.record(world.management, written, cluster.status?.conditions, status.conditions);
  return written;
};
