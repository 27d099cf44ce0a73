import { annotations, HostedCluster, LocalMachine, NodePool } from '@godwit/api';
import { advance, type Effect } from '@godwit/controller';
import type { KubeObject, Resource } from '@godwit/kube';
import { fenceOfOther } from '../fence/take-back.ts';
import { listServed } from '../list-served.ts';
import { movePhase } from '../phase.ts';
import { Done, LeftToOther } from '../reasons.ts';
import { clusterAt } from '../scope.ts';
import { poolsAt } from './freeze.ts';

type Pauses = { pausedUntil?: string | null; pools?: Record<string, string | null> };

const patching =
  (resource: Resource, patch: (name: string) => object) =>
  ({ metadata: { namespace, name = '' } }: KubeObject): Effect => ({
    do: 'patch',
    on: 'source',
    resource,
    name: { namespace, name },
    patch: patch(name),
  });

/** Lets everything on the source be reconciled as before the move. */
export const unfreezeSource = movePhase({
  name: 'UnfreezeSource',
  step: 'Undo',
  description: 'Letting the hosted cluster and its pools work again on the source',
  observe: async (scope, { status }) => {
    const cluster = await clusterAt(scope, 'source');
    const [pools, machines, other] = await Promise.all([
      poolsAt(scope),
      listServed(scope.source, LocalMachine, scope.at.source.home),
      fenceOfOther(scope, cluster?.spec.infraID ?? ''),
    ]);
    return { cluster, pools, machines, other, before: status?.source as Pauses | undefined };
  },
  decide: ({ cluster, pools, machines, other, before }) => {
    if (before === undefined || cluster === undefined) return advance(Done({ what: 'Nothing was paused' }));
    if (other !== undefined) return advance(LeftToOther({ fence: other }));
    const pause = (until: string | null | undefined) => ({ spec: { pausedUntil: until ?? null } });
    return advance(Done({ what: 'The hosted cluster works on the source as before' }), [
      ...machines.map(patching(LocalMachine, () => ({ metadata: { annotations: { [annotations.fence]: null } } }))),
      ...[cluster].map(patching(HostedCluster, () => pause(before.pausedUntil))),
      ...pools.map(patching(NodePool, (name) => pause(before.pools?.[name]))),
    ]);
  },
});
