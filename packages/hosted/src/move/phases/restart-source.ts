import { annotations, HostedCluster, HostedControlPlane } from '@godwit/api';
import { advance, type Effect, wait } from '@godwit/controller';
import type { KubeObject, Resource } from '@godwit/kube';
import { components } from '../../names.ts';
import { hasBar, SERVING, unbar } from '../fence/fence-workloads.ts';
import { otherMoveOn } from '../fence/other-move.ts';
import { takeBackFence } from '../fence/take-back.ts';
import { movePhase } from '../phase.ts';
import { Done, LeftToOther, Working } from '../reasons.ts';
import { clusterAt, planeAt } from '../scope.ts';
import { holding } from './dns.ts';
import { holds } from './freeze.ts';
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
    if (cluster === undefined) return wait(Working({ what: 'Waiting for the HostedCluster on the source' }));
    if (other !== undefined) return advance(LeftToOther({ by: other }));
    if (move.status?.source?.pools === undefined) return advance(Done({ what: 'Nothing was stopped' }));
    const replicas = { [components.etcd]: MEMBERS[cluster.spec.controllerAvailabilityPolicy], ...rememberedReplicas(move) };
    const effects = [...unmarking(HostedCluster, cluster), ...unmarking(HostedControlPlane, plane), ...starting(workloads, replicas)];
    if (effects.length > 0)
      return wait(Working({ what: 'Starting etcd and the API servers of the source' }), [...unhold, ...effects], '1s');
    if (!holds(plane, 'EtcdAvailable') || !holds(plane, 'KubeAPIServerAvailable'))
      return wait(Working({ what: 'Waiting for the API server of the source' }), unhold, '1s');
    return advance(Done({ what: 'The control plane of the source serves again' }), unhold);
  },
});
