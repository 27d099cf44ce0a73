import { annotations, finalizers, HostedControlPlane } from '@godwit/api';
import { type Controller, type Delay, delayOf, hasFinalizer, keyOf, nameOf, type Round, withFinalizer } from '@godwit/controller';
import { pauseOf } from '../hosted-cluster/pause/paused-until.ts';
import type { World } from '../world.ts';
import { createWriter } from './apply/writer.ts';
import { remove } from './deletion.ts';
import { readSubject, watchNamespace } from './observe.ts';
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

/** Makes each HostedControlPlane a running control plane in its namespace, and says how it is doing. */
export const controlPlaneController = (world: World): Controller => {
  const writer = createWriter(world.management);
  const keysByNamespace = new Map<string, string>();
  const keyIn = (namespace: string): string[] => {
    const key = keysByNamespace.get(namespace);
    return key === undefined ? [] : [key];
  };

  const work = async (plane: HostedControlPlane, round: Round): Promise<{ after?: Delay }> => {
    const rest = restOf(plane, world.clock.now());
    const subject = rest ? plane : await withFinalizer(world.management, HostedControlPlane, plane, finalizers.hypershift);
    const { after } = await reconcile(world, { plane: subject, writer, signal: round.signal, act: rest === undefined });
    return rest ?? { after: after ?? BACKSTOP };
  };

  return {
    name: 'hosted-control-plane',
    sources: [{ client: world.management, resource: HostedControlPlane, keys: (plane) => [keyOf(plane)] }],
    reconcile: async (key, round) => {
      const plane = await readSubject(world, nameOf(key));
      const { namespace = '' } = nameOf(key);
      if (plane === undefined) {
        keysByNamespace.delete(namespace);
        writer.forget(namespace);
        return undefined;
      }
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
