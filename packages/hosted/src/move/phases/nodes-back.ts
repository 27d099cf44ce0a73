import { Lease, Node } from '@godwit/api';
import { advance, noting, wait } from '@godwit/controller';
import { movePhase, proving } from '../phase.ts';
import { Done, NodesMissing } from '../reasons.ts';
import { hostedAtTarget, type Move } from '../scope.ts';
import { awaited, type Missing, missingOf, missingWords, withReturns } from './missing-nodes.ts';
import { PATIENCE_SECONDS, secondsIn } from './patience.ts';

/** What came of the waiting, with those that nobody waited for, and those that were waited for in vain. */
export const backAgain = (move: Pick<Move, 'status'>, missing: Missing): string => {
  const down = (move.status?.nodes ?? []).filter(({ unready }) => unready === true).map(({ name }) => name);
  const expected = awaited(move).length;
  const count = missing.size === 0 ? `all ${expected}` : `${expected - missing.size} of ${expected}`;
  return [
    `${count} nodes are back, the same and ready`,
    ...(missing.size === 0 ? [] : [`not back after ${PATIENCE_SECONDS} s: ${missingWords(missing)}`]),
    ...(down.length === 0 ? [] : [`not waited for, since they were not ready before the move: ${down.join(', ')}`]),
  ].join('; ');
};

/**
 * Row 13: every node that was ready is there again, the same and alive. There is no way back any more, and pools rest until all are
 * there: one that stays away is named after a while, so that its pool can replace it.
 */
export const nodesBack = movePhase({
  name: 'NodesBack',
  step: 'Return',
  description: 'Waiting for the nodes to find their control plane again',
  observe: async (scope, move) => {
    const hosted = await hostedAtTarget(scope);
    const answers = hosted && (await Promise.all([hosted.list(Node), hosted.list(Lease, { namespace: 'kube-node-lease' })]));
    const now = scope.world.clock.now();
    const missing = answers && missingOf(move, answers[0].items, answers[1].items);
    return { missing, seconds: secondsIn(move, 'NodesBack', now), now };
  },
  decide: ({ missing, seconds, now }, move) => {
    if (missing === undefined) return wait(NodesMissing({ nodes: 'the API does not answer' }), [], '1s');
    if (missing.size > 0 && seconds <= PATIENCE_SECONDS) return wait(NodesMissing({ nodes: missingWords(missing) }), [], '1s');
    const result = backAgain(move, missing);
    const verdict = proving(13, [{ name: 'nodes', result }], now, advance(Done({ what: result })));
    return noting({ ...verdict.notes, nodes: withReturns(move, missing, now) }, verdict);
  },
});
