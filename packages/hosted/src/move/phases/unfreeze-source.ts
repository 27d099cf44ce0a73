import { annotations, HostedCluster, LocalMachine, NodePool } from '@godwit/api';
import { advance, type Effect, wait } from '@godwit/controller';
import type { KubeObject, Resource } from '@godwit/kube';
import { isClaimedBy } from '../fence/claim.ts';
import { otherMoveOn } from '../fence/other-move.ts';
import { listServed } from '../list-served.ts';
import { movePhase } from '../phase.ts';
import { Done, LeftToOther, NothingToReturn, Working } from '../reasons.ts';
import { clusterAt, type Move, poolsAt } from '../scope.ts';
import { wholeOf } from './still-there.ts';

type Pauses = { pausedUntil?: string | null; pools?: Record<string, string | null> };

const patching = (resource: Resource, { metadata: { namespace, name = '' } }: KubeObject, patch: object): Effect => ({
  do: 'patch',
  on: 'source',
  resource,
  name: { namespace, name },
  patch,
});

/** What lets machines and pools work as before; nothing where they do. */
const lettingWork = (machines: readonly LocalMachine[], pools: readonly NodePool[], before: Pauses): Effect[] => [
  ...machines
    .filter(({ metadata }) => metadata.annotations?.[annotations.fence] !== undefined)
    .map((machine) => patching(LocalMachine, machine, { metadata: { annotations: { [annotations.fence]: null } } })),
  ...pools.flatMap((pool) => {
    const until = before.pools?.[pool.metadata.name ?? ''] ?? null;
    return (pool.spec.pausedUntil ?? null) === until ? [] : [patching(NodePool, pool, { spec: { pausedUntil: until } })];
  }),
];

/** Lets the cluster work as before, and other moves claim it, in one write to the object that was read: a claim that came since stands. */
const lettingGo = (cluster: HostedCluster, move: Move, before: Pauses | undefined): Effect[] => {
  const until = before === undefined ? (cluster.spec.pausedUntil ?? null) : (before.pausedUntil ?? null);
  if (!isClaimedBy(cluster, move) && (cluster.spec.pausedUntil ?? null) === until) return [];
  const { resourceVersion } = cluster.metadata;
  const metadata = { resourceVersion, annotations: { [annotations.moveClaim]: null } };
  return [patching(HostedCluster, cluster, { metadata, spec: { pausedUntil: until } })];
};

/** Lets everything on the source be reconciled as before the move; the cluster last, since from then on another move may claim it. */
export const unfreezeSource = movePhase({
  name: 'UnfreezeSource',
  step: 'Undo',
  description: 'Letting the hosted cluster and its pools work again on the source',
  observe: async (scope) => {
    const [cluster, pools, machines] = await Promise.all([
      clusterAt(scope, 'source'),
      poolsAt(scope),
      listServed(scope.source, LocalMachine, scope.at.source.home),
    ]);
    return { cluster, pools, machines, other: await otherMoveOn(scope, cluster) };
  },
  decide: ({ cluster, pools, machines, other }, move) => {
    if (other !== undefined) return advance(LeftToOther({ by: other }));
    const { source } = move.status ?? {};
    const before = source?.pools === undefined ? undefined : (source as Pauses);
    const first = before === undefined ? [] : lettingWork(machines, pools, before);
    if (first.length > 0) return wait(Working({ what: 'Letting machines and pools of the source work again' }), first, '0.2s');
    const last = cluster === undefined ? [] : lettingGo(cluster, move, before);
    const whole = wholeOf({ cluster, pools: [] }, { spec: move.spec });
    if ('lost' in whole) return advance(NothingToReturn({ what: whole.lost }), last);
    return advance(Done({ what: before === undefined ? 'Nothing was paused' : 'The hosted cluster works on the source as before' }), last);
  },
});
