import { annotations, HostedCluster, HostedControlPlane } from '@godwit/api';
import { advance, type Effect, wait } from '@godwit/controller';
import type { KubeObject, Resource } from '@godwit/kube';
import { components } from '../../names.ts';
import { hasBar, SERVING, unbar } from '../fence/fence-workloads.ts';
import { otherMoveOn } from '../fence/other-move.ts';
import { takeBackFence } from '../fence/take-back.ts';
import { movePhase } from '../phase.ts';
import { Done, LeftToOther, NothingToReturn, Working } from '../reasons.ts';
import { clusterAt, type Move, planeAt } from '../scope.ts';
import { holding } from './dns.ts';
import { holds } from './freeze.ts';
import { wholeOf } from './still-there.ts';
import { type Replicas, rememberedReplicas } from './writers.ts';

const MEMBERS = { HighlyAvailable: 3, SingleReplica: 1 } as const;

type Found = { resource: Resource; name: string; found: KubeObject | undefined };

/** What starts the workloads that are ended or barred, with as many replicas as before; one whose number nobody noted was never ended. Pure. */
export const starting = (workloads: readonly Found[], replicas: Replicas): Effect[] =>
  workloads.flatMap(({ resource, name, found }) => {
    const now = (found as { spec?: { replicas?: number } } | undefined)?.spec?.replicas ?? 1;
    const wanted = replicas[name] ?? Math.max(1, now);
    return found === undefined || (now === wanted && !hasBar(found)) ? [] : [unbar(resource, found, wanted)];
  });

const unmarking = (resource: Resource, object: KubeObject | undefined): Effect[] => {
  if (object?.metadata.annotations?.[annotations.fence] === undefined) return [];
  const { namespace, name = '' } = object.metadata;
  const patch = { metadata: { annotations: { [annotations.fence]: null } } };
  return [{ do: 'patch', on: 'source', resource, name: { namespace, name }, patch }];
};

type Source = { cluster: HostedCluster; plane: HostedControlPlane | undefined; workloads: readonly Found[] };

/** What takes the marks of the fence off the source and starts it, where it is not so already. */
const returning = ({ cluster, plane, workloads }: Source, move: Move): Effect[] => {
  const replicas = { [components.etcd]: MEMBERS[cluster.spec.controllerAvailabilityPolicy], ...rememberedReplicas(move) };
  return [...unmarking(HostedCluster, cluster), ...unmarking(HostedControlPlane, plane), ...starting(workloads, replicas)];
};

/** Lifts the fence and starts etcd and the API server of the source, with as many replicas as before. */
export const restartSource = movePhase({
  name: 'RestartSource',
  step: 'Undo',
  description: 'Starting the control plane on the source again',
  observe: async (scope, { status }) => {
    const { home } = scope.at.source;
    const [cluster, plane, ...workloads] = await Promise.all([
      clusterAt(scope, 'source'),
      planeAt(scope, 'source'),
      ...SERVING.map(async ({ resource, name }) => ({
        resource,
        name,
        found: await scope.source.get<KubeObject>(resource, { namespace: home, name }),
      })),
    ]);
    const other = await otherMoveOn(scope, cluster);
    // A fence may be raised although the HostedCluster does not carry it yet. That of a move that came too late forbids nobody anything.
    if (status?.fence !== undefined) await takeBackFence(scope, status.fence);
    return { cluster, plane, workloads, other, unhold: holding(scope, 'source') };
  },
  decide: ({ cluster, plane, workloads, other, unhold }, move) => {
    if (other !== undefined) return advance(LeftToOther({ by: other }));
    if (move.status?.source?.pools === undefined) return advance(Done({ what: 'Nothing was stopped' }));
    const effects = cluster === undefined ? [] : returning({ cluster, plane, workloads }, move);
    if (effects.length > 0)
      return wait(Working({ what: 'Starting etcd and the API servers of the source' }), [...unhold, ...effects], '1s');
    // Who is taking it down needs its API perhaps, and may end it any time.
    const whole = wholeOf({ cluster, pools: [] }, { spec: move.spec });
    if ('lost' in whole) return advance(NothingToReturn({ what: whole.lost }), unhold);
    if (!holds(plane, 'EtcdAvailable') || !holds(plane, 'KubeAPIServerAvailable'))
      return wait(Working({ what: 'Waiting for the API server of the source' }), unhold, '1s');
    return advance(Done({ what: 'The control plane of the source serves again' }), unhold);
  },
});
