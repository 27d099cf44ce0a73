import { annotations, Deployment, HostedCluster, LocalMachine, Namespace, NodePool, StatefulSet } from '@godwit/api';
import { advance, type Effect, wait } from '@godwit/controller';
import type { KubeObject, Resource } from '@godwit/kube';
import { components } from '../../names.ts';
import { liftFence } from '../fence/fence.ts';
import { isBarred, unbar } from '../fence/fence-workloads.ts';
import { listServed } from '../list-served.ts';
import { MOVED_BY } from '../names.ts';
import { movePhase } from '../phase.ts';
import { Done, Working } from '../reasons.ts';
import { clusterAt, planeAt } from '../scope.ts';
import { holding } from './dns.ts';
import { holds, poolsAt } from './freeze.ts';
import { leftOn, lettingGo } from './tear-down.ts';
import { rememberedReplicas } from './writers.ts';

const isOurs = (object: KubeObject | undefined, move: string): boolean => object?.metadata.annotations?.[MOVED_BY] === move;

/** Takes away what this move has made on the destination; machines live on, they still belong to the source. */
export const clearDestination = movePhase({
  name: 'ClearDestination',
  step: 'Undo',
  description: 'Removing what the move has made on the destination',
  observe: async (scope, { metadata }) => {
    const { cluster, homeNamespace, acting } = await leftOn(scope, 'target');
    const pools = (await scope.target.list(NodePool, { namespace: scope.at.target.namespace })).items.filter((pool) =>
      isOurs(pool, metadata.uid ?? ''),
    );
    const machines = await listServed(scope.target, LocalMachine, scope.at.target.home);
    return { cluster, homeNamespace, acting, pools, machines };
  },
  decide: ({ cluster, homeNamespace, acting, pools, machines }, { metadata }) => {
    const move = metadata.uid ?? '';
    const ours = isOurs(cluster, move) ? cluster : undefined;
    const home = isOurs(homeNamespace, move) ? homeNamespace : undefined;
    if (ours === undefined && home === undefined && pools.length === 0)
      return advance(Done({ what: 'Nothing of the move is left on the destination' }));
    const spared = machines
      .filter(({ metadata: { annotations: known } }) => known?.[annotations.fence] === undefined)
      .map(
        ({ metadata: { namespace, name = '' } }): Effect => ({
          do: 'patch',
          on: 'target',
          resource: LocalMachine,
          name: { namespace, name },
          patch: { metadata: { annotations: { [annotations.fence]: 'undone' } } },
        }),
      );
    if (spared.length > 0) return wait(Working({ what: 'Sparing the machines' }), spared, '1s');
    const effects = [
      ...acting.filter(({ object }) => isOurs(object, move) || home !== undefined).flatMap((left) => lettingGo('target', left)),
      ...pools.flatMap((object) => lettingGo('target', { resource: NodePool, object })),
      ...(ours === undefined ? [] : lettingGo('target', { resource: HostedCluster, object: ours })),
      ...(home === undefined
        ? []
        : [{ do: 'delete', on: 'target', resource: Namespace, name: { name: home.metadata.name ?? '' } } as const]),
    ];
    return wait(Working({ what: 'Waiting for the destination to be empty' }), effects, '2s');
  },
});

const SERVING: readonly { resource: Resource; name: string }[] = [
  { resource: StatefulSet, name: components.etcd },
  { resource: Deployment, name: components.apiServer },
];

const MEMBERS = { HighlyAvailable: 3, SingleReplica: 1 } as const;

/** Lifts the fence and starts etcd and the API servers of the source, with as many replicas as before. */
export const restartSource = movePhase({
  name: 'RestartSource',
  step: 'Undo',
  description: 'Starting the control plane on the source again',
  deadlineSeconds: 900,
  observe: async (scope, { metadata }) => {
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
    const marked = cluster?.metadata.annotations?.[annotations.fence];
    if (marked !== undefined && marked === scope.move.status?.fence) {
      await scope.store.delete([marked]);
      await liftFence(scope.source, scope.world.settings.namespace, cluster?.spec.infraID ?? '');
    }
    return { cluster, plane, workloads, marked, uid: metadata.uid, unhold: holding(scope, 'source'), at: scope.at.source };
  },
  decide: ({ cluster, plane, workloads, marked, unhold, at }, move) => {
    if (cluster === undefined) return wait(Working({ what: 'Waiting for the HostedCluster on the source' }));
    const replicas = { [components.etcd]: MEMBERS[cluster.spec.controllerAvailabilityPolicy], ...rememberedReplicas(move) } as Record<
      string,
      number
    >;
    const starts = workloads.flatMap(({ resource, name, found }) => {
      const now = (found as { spec?: { replicas?: number } } | undefined)?.spec?.replicas;
      const wanted = replicas[name] ?? 1;
      return found === undefined || (now === wanted && !isBarred(found)) ? [] : [unbar(resource, found, wanted)];
    });
    const unmark: Effect[] =
      marked === undefined
        ? []
        : [
            {
              do: 'patch',
              on: 'source',
              resource: HostedCluster,
              name: { namespace: at.namespace, name: at.name },
              patch: { metadata: { annotations: { [annotations.fence]: null } } },
            },
          ];
    if (starts.length > 0 || unmark.length > 0)
      return wait(Working({ what: 'Starting etcd and the API servers of the source' }), [...unmark, ...unhold, ...starts], '1s');
    if (!holds(plane, 'EtcdAvailable') || !holds(plane, 'KubeAPIServerAvailable'))
      return wait(Working({ what: 'Waiting for the API server of the source' }), unhold, '1s');
    return advance(Done({ what: 'The control plane of the source serves again' }), unhold);
  },
});

/** Lets everything on the source be reconciled as before the move. */
export const unfreezeSource = movePhase({
  name: 'UnfreezeSource',
  step: 'Undo',
  description: 'Letting the hosted cluster and its pools work again on the source',
  observe: async (scope, { status }) => {
    const [cluster, pools] = await Promise.all([clusterAt(scope, 'source'), poolsAt(scope)]);
    const machines = await listServed(scope.source, LocalMachine, scope.at.source.home);
    return {
      cluster,
      pools,
      machines,
      before: status?.source as { pausedUntil?: string | null; pools?: Record<string, string | null> } | undefined,
    };
  },
  decide: ({ cluster, pools, machines, before }) => {
    if (before === undefined || cluster === undefined) return advance(Done({ what: 'Nothing was paused' }));
    const { namespace, name = '' } = cluster.metadata;
    const effects: Effect[] = [
      ...machines.map(
        ({ metadata }): Effect => ({
          do: 'patch',
          on: 'source',
          resource: LocalMachine,
          name: { namespace: metadata.namespace, name: metadata.name ?? '' },
          patch: { metadata: { annotations: { [annotations.fence]: null } } },
        }),
      ),
      {
        do: 'patch',
        on: 'source',
        resource: HostedCluster,
        name: { namespace, name },
        patch: { spec: { pausedUntil: before.pausedUntil ?? null } },
      },
      ...pools.map(
        ({ metadata }): Effect => ({
          do: 'patch',
          on: 'source',
          resource: NodePool,
          name: { namespace: metadata.namespace, name: metadata.name ?? '' },
          patch: { spec: { pausedUntil: before.pools?.[metadata.name ?? ''] ?? null } },
        }),
      ),
    ];
    return advance(Done({ what: 'The hosted cluster works on the source as before' }), effects);
  },
});
