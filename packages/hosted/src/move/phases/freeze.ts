import { Cluster, HostedCluster, HostedControlPlane, NodePool } from '@godwit/api';
import { advance, type Effect, fail, isTrue, noting, wait } from '@godwit/controller';
import { pauseOf } from '../../hosted-cluster/pause/paused-until.ts';
import { claiming, isClaimedBy } from '../fence/claim.ts';
import { otherMoveOn } from '../fence/other-move.ts';
import { movePhase, proving } from '../phase.ts';
import { nodesBefore } from '../preflight/nodes.ts';
import { Done, SourceDeleting, SourcePaused, SourceTaken, Working } from '../reasons.ts';
import { clusterAt, planeAt, poolsAt } from '../scope.ts';
import { wholeOf } from './still-there.ts';

const PAUSED = 'true';

type Conditioned = { status?: { conditions?: readonly { type: string; status: string }[] | undefined } | undefined };

const isResting = ({ status }: Conditioned): boolean =>
  (status?.conditions ?? []).some(({ type, status: holds }) => type === 'ReconciliationActive' && holds === 'False');

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

type Source = { cluster: HostedCluster; plane: HostedControlPlane | undefined; pools: readonly NodePool[]; machines: Cluster | undefined };

/** What is still reconciled, or not paused yet. */
const unrested = ({ cluster, plane, pools, machines }: Source): string[] => [
  ...(isResting(cluster) ? [] : ['HostedCluster']),
  ...pools.filter((pool) => !isResting(pool)).map(({ metadata }) => `NodePool ${metadata.name}`),
  ...(plane?.spec.pausedUntil === PAUSED ? [] : [HostedControlPlane.kind]),
  ...(machines === undefined || machines.spec.paused === true ? [] : ['Cluster of Cluster API']),
];

/**
 * Row 1: the source is this move's, and nothing is reconciled any more, neither the cluster nor its pools nor its machines; how it was is
 * written down, and once more who its nodes are. The preflight may be long ago: another move, a user or a pool may have been at work since.
 */
export const freezeSource = movePhase({
  name: 'FreezeSource',
  step: 'Freeze',
  description: 'Pausing the hosted cluster, its pools and its machines on the source',
  observe: async (scope, move) => {
    const [cluster, plane, pools] = await Promise.all([clusterAt(scope, 'source'), planeAt(scope, 'source'), poolsAt(scope)]);
    const infraId = cluster?.spec.infraID ?? '';
    const [machines, other] = await Promise.all([
      scope.source.get(Cluster, { namespace: scope.at.source.home, name: infraId }),
      otherMoveOn(scope, cluster),
    ]);
    const whole = wholeOf({ cluster, pools }, move);
    const claim = 'lost' in whole ? [] : [claiming(whole.cluster, scope)];
    // Pools that rest make and take away no nodes any more.
    const rests = !('lost' in whole) && isClaimedBy(whole.cluster, move) && unrested({ ...whole, plane, pools, machines }).length === 0;
    const nodes = rests ? await nodesBefore(scope) : [];
    return { whole, plane, pools, machines, other, claim, nodes, now: scope.world.clock.now() };
  },
  decide: ({ whole, plane, pools, machines, other, claim, nodes, now }, move) => {
    const { spec, status } = move;
    if ('lost' in whole) return fail(SourceDeleting({ what: whole.lost }));
    const { cluster } = whole;
    if (other !== undefined) return fail(SourceTaken({ ...spec.hostedCluster, by: other }));
    if (!isClaimedBy(cluster, move)) {
      if (pauseOf(cluster.spec.pausedUntil, now).paused) return fail(SourcePaused({ name: spec.hostedCluster.name }));
      return wait(Working({ what: 'Claiming the HostedCluster on the source for this move' }), claim, '0.2s');
    }
    // Noted also where nothing is left to pause: what was not noted is not brought back.
    const notes = { source: status?.source?.pools === undefined ? pausesOf(cluster, pools) : status.source };
    const waiting = unrested({ cluster, plane, pools, machines });
    const effects = [...pausing(HostedCluster, [cluster]), ...pausing(NodePool, pools)];
    if (waiting.length > 0) return noting(notes, wait(Working({ what: `Waiting for ${waiting.join(', ')} to rest` }), effects, '5s'));
    const result = `the cluster and ${pools.length} pools rest`;
    return proving(1, [{ name: 'frozen', result }], now, noting({ ...notes, nodes }, advance(Done({ what: result }))));
  },
});

/** Whether a condition of a control plane holds. */
export const holds = (object: Conditioned | undefined, type: string): boolean => isTrue((object?.status?.conditions ?? []) as never, type);
