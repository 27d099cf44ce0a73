import { annotations, finalizers, HostedControlPlane } from '@godwit/api';
import { type Controller, type Delay, delayOf, hasFinalizer, keyOf, nameOf, type Round, withFinalizer } from '@godwit/controller';
import { pauseOf } from '../hosted-cluster/pause/paused-until.ts';
import type { World } from '../world.ts';
import { createWriter } from './apply/writer.ts';
import { remove } from './deletion.ts';
import { createReleaseMemory } from './facts.ts';
import { createFurnisher } from './inside/furnish.ts';
import { readSubject, WATCHED, watchNamespace } from './observe.ts';
import { reconcile } from './reconcile.ts';

/** Until when a control plane is to be left alone; undefined: it is not. */
const restOf = ({ spec, metadata }: HostedControlPlane, now: Date): { after?: Delay } | undefined => {
  if (metadata.annotations?.[annotations.fence] !== undefined) return {};
  const { paused, secondsLeft } = pauseOf(spec.pausedUntil, now);
  if (!paused) return undefined;
  return secondsLeft === undefined ? {} : { after: delayOf(Math.ceil(secondsLeft)) };
};

/** Certificates near their end are renewed even if nothing else happens. */
const BACKSTOP: Delay = '60m';

/** Makes each HostedControlPlane a running control plane in its namespace, furnishes the hosted cluster, and says how both are doing. */
export const controlPlaneController = (world: World): Controller => {
  const tools = {
    writer: createWriter(world.management, WATCHED),
    furnish: createFurnisher(world),
    readRelease: createReleaseMemory(world),
  };
  const keysByNamespace = new Map<string, string>();
  const keyIn = (namespace: string): string[] => {
    const key = keysByNamespace.get(namespace);
    return key === undefined ? [] : [key];
  };
  const forget = async (namespace: string, name: string): Promise<{ after: Delay } | undefined> => {
    keysByNamespace.delete(namespace);
    tools.writer.forget(namespace);
    // The client is closed as soon as its kubeconfig is gone, which may be later than the control plane.
    return (await world.hosted.of({ namespace, name })) === undefined ? undefined : { after: '10s' };
  };
  const work = async (plane: HostedControlPlane, round: Round): Promise<{ after?: Delay }> => {
    const rest = restOf(plane, world.clock.now());
    const subject = rest ? plane : await withFinalizer(world.management, HostedControlPlane, plane, finalizers.hypershift);
    const { after } = await reconcile(world, { subject, round, act: rest === undefined, ...tools });
    return rest ?? { after: after ?? BACKSTOP };
  };

  return {
    name: 'hosted-control-plane',
    sources: [{ client: world.management, resource: HostedControlPlane, keys: (plane) => [keyOf(plane)] }],
    reconcile: async (key, round) => {
      const { namespace = '', name } = nameOf(key);
      const plane = await readSubject(world, { namespace, name });
      if (plane === undefined) return forget(namespace, name);
      keysByNamespace.set(namespace, key);
      if (plane.metadata.deletionTimestamp !== undefined) {
        if (hasFinalizer(plane, finalizers.hypershift)) await remove(world, plane);
        return undefined;
      }
      watchNamespace(world, round, namespace, keyIn);
      return work(plane, round);
    },
  };
};
