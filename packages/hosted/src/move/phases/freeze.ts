import { Cluster, HostedCluster, HostedControlPlane, NodePool } from '@godwit/api';
import { advance, type Effect, isTrue, noting, wait } from '@godwit/controller';
import { movePhase, proving } from '../phase.ts';
import { Done, Working } from '../reasons.ts';
import { clusterAt, planeAt, type Scope } from '../scope.ts';

const PAUSED = 'true';

type Conditioned = { status?: { conditions?: readonly { type: string; status: string }[] | undefined } | undefined };

const isResting = ({ status }: Conditioned): boolean =>
  (status?.conditions ?? []).some(({ type, status: holds }) => type === 'ReconciliationActive' && holds === 'False');

/** The pools of the hosted cluster on the source. */
export const poolsAt = async ({ source, at }: Pick<Scope, 'source' | 'at'>): Promise<NodePool[]> =>
  (await source.list(NodePool, { namespace: at.source.namespace })).items.filter(({ spec }) => spec.clusterName === at.source.name);

const pausing = (resource: typeof HostedCluster | typeof NodePool, objects: readonly (HostedCluster | NodePool)[]): Effect[] =>
  objects
    .filter(({ spec }) => spec.pausedUntil !== PAUSED)
    .map(({ metadata: { namespace, name = '' } }) => ({
      do: 'patch',
      on: 'source',
      resource,
      name: { namespace, name },
      patch: { spec: { pausedUntil: PAUSED } },
    }));

const pausesOf = (cluster: HostedCluster, pools: readonly NodePool[]) => ({
  pausedUntil: cluster.spec.pausedUntil ?? null,
  pools: Object.fromEntries(pools.map(({ metadata, spec }) => [metadata.name ?? '', spec.pausedUntil ?? null])),
});

/** Row 1: nothing is reconciled any more, neither the cluster nor its pools nor its machines; how it was is written down. */
export const freezeSource = movePhase({
  name: 'FreezeSource',
  step: 'Freeze',
  description: 'Pausing the hosted cluster, its pools and its machines on the source',
  observe: async (scope) => {
    const [cluster, plane, pools] = await Promise.all([clusterAt(scope, 'source'), planeAt(scope, 'source'), poolsAt(scope)]);
    const infraId = cluster?.spec.infraID ?? '';
    const machines = await scope.source.get(Cluster, { namespace: scope.at.source.home, name: infraId });
    return { cluster, plane, pools, machines, now: scope.world.clock.now() };
  },
  decide: ({ cluster, plane, pools, machines, now }, { status }) => {
    if (cluster === undefined) return wait(Working({ what: 'Waiting for the HostedCluster on the source' }));
    const before = status?.source?.pools === undefined ? pausesOf(cluster, pools) : status.source;
    const effects = [...pausing(HostedCluster, [cluster]), ...pausing(NodePool, pools)];
    const waiting = [
      ...(isResting(cluster) ? [] : ['HostedCluster']),
      ...pools.filter((pool) => !isResting(pool)).map(({ metadata }) => `NodePool ${metadata.name}`),
      ...(plane?.spec.pausedUntil === PAUSED ? [] : [HostedControlPlane.kind]),
      ...(machines === undefined || machines.spec.paused === true ? [] : ['Cluster of Cluster API']),
    ];
    if (waiting.length > 0) {
      const verdict = wait(Working({ what: `Waiting for ${waiting.join(', ')} to rest` }), effects, '5s');
      return effects.length > 0 ? noting({ source: before }, verdict) : verdict;
    }
    const result = `the cluster and ${pools.length} pools rest`;
    return proving(1, [{ name: 'frozen', result }], now, advance(Done({ what: result })));
  },
});

/** Whether a condition of a control plane holds. */
export const holds = (object: Conditioned | undefined, type: string): boolean => isTrue((object?.status?.conditions ?? []) as never, type);
