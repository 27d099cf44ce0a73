import { Lease, type MoveNode, Node } from '@godwit/api';
import { advance, isTrue, noting, timeOf, wait } from '@godwit/controller';
import { movePhase, proving } from '../phase.ts';
import { Done, NodesMissing } from '../reasons.ts';
import { hostedAtTarget, type Move } from '../scope.ts';

/** When a kubelet last said that it lives; its lease is renewed every few seconds. */
const heartbeats = (leases: readonly Lease[]): Map<string, number> =>
  new Map(
    leases.map(({ metadata, spec }) => [metadata.name ?? '', Date.parse((spec as { renewTime?: string } | undefined)?.renewTime ?? '')]),
  );

/** Why a node is not back yet; undefined: it is. The same object, ready, with a sign of life since the names lead here. */
const whyMissing = (node: MoveNode, found: Node | undefined, heartbeat: number | undefined, since: number): string | undefined => {
  if (found === undefined) return 'it is gone';
  if (found.metadata.uid !== node.uid) return 'another node has its name';
  if (!isTrue(found.status?.conditions, 'Ready')) return 'it is not ready';
  return heartbeat !== undefined && heartbeat >= since ? undefined : 'no sign of life since the switch';
};

/** The nodes that are waited for: one that was down before the move would hold it up for ever, past the point of no return. */
export const awaited = ({ status }: Move): MoveNode[] => (status?.nodes ?? []).filter(({ unready }) => unready !== true);

/** What came of the waiting, with those that nobody waited for. */
export const backAgain = (expected: readonly MoveNode[], all: readonly MoveNode[]): string => {
  const down = all.filter(({ unready }) => unready === true).map(({ name }) => name);
  const back = `all ${expected.length} nodes are back, the same and ready`;
  return down.length === 0 ? back : `${back}; not waited for, since they were not ready before the move: ${down.join(', ')}`;
};

/** Row 13: every node that was ready is there again, the same and alive. */
export const nodesBack = movePhase({
  name: 'NodesBack',
  step: 'Return',
  description: 'Waiting for the nodes to find their control plane again',
  observe: async (scope, move) => {
    const hosted = await hostedAtTarget(scope);
    const [nodes, leases] = hosted
      ? await Promise.all([hosted.list(Node), hosted.list(Lease, { namespace: 'kube-node-lease' })])
      : [{ items: [] }, { items: [] }];
    const signs = heartbeats(leases.items);
    const since = Date.parse(move.status?.downtime?.ended ?? '');
    const missing = awaited(move).flatMap((node) => {
      const why = whyMissing(
        node,
        nodes.items.find(({ metadata }) => metadata.name === node.name),
        signs.get(node.name),
        since,
      );
      return why === undefined ? [] : [`${node.name}: ${why}`];
    });
    return { missing, reached: hosted !== undefined, now: scope.world.clock.now() };
  },
  decide: ({ missing, reached, now }, move) => {
    if (!reached || missing.length > 0) return wait(NodesMissing({ nodes: missing.join('; ') || 'the API does not answer' }), [], '1s');
    const all = move.status?.nodes ?? [];
    const result = backAgain(awaited(move), all);
    const nodes = all.map((node) => (node.unready === true ? node : { ...node, returned: node.returned ?? timeOf(now) }));
    const verdict = proving(13, [{ name: 'nodes', result }], now, advance(Done({ what: result })));
    return noting({ ...verdict.notes, nodes }, verdict);
  },
});
