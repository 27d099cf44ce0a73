import { LocalCluster } from '@godwit/api';
import { type Controller, keyOf, nameOf } from '@godwit/controller';
import { Provisioned } from './reasons.ts';
import { readyPatch } from './status.ts';
import type { World } from './world.ts';

const PAUSED = 'cluster.x-k8s.io/paused';

/** Says of every LocalCluster that it is there: machines share nothing but the set's network, which exists before them. */
export const localClusterController = ({ cluster, client, clock, machines }: World): Controller => ({
  name: `local-cluster-${cluster}`,
  sources: [{ client, resource: LocalCluster, keys: (object) => [keyOf(object)] }],
  reconcile: async (key) => {
    const object = await client.get(LocalCluster, nameOf(key));
    if (!object || object.metadata.deletionTimestamp || object.metadata.annotations?.[PAUSED] !== undefined) return undefined;
    const before = object.status ?? {};
    const after = { ...before, initialization: { provisioned: true } };
    const patch = readyPatch(before, after, true, Provisioned({ set: machines.set }), object.metadata.generation ?? 0, clock.now());
    if (patch) await client.patch(LocalCluster, nameOf(key), { status: patch }, { subresource: 'status' });
    return undefined;
  },
});
