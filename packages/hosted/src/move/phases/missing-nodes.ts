import type { Lease, MoveNode, Node } from '@godwit/api';
import { isTrue, timeOf } from '@godwit/controller';
import type { Move } from '../scope.ts';

/** Why nodes are not back, by their names. */
export type Missing = ReadonlyMap<string, string>;

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

/** The nodes that are waited for: one that was down before the move would only hold it up. */
export const awaited = ({ status }: Pick<Move, 'status'>): MoveNode[] => (status?.nodes ?? []).filter(({ unready }) => unready !== true);

/** Those of the awaited nodes that are not back now. Pure. */
export const missingOf = (move: Pick<Move, 'status'>, nodes: readonly Node[], leases: readonly Lease[]): Missing => {
  const signs = heartbeats(leases);
  const since = Date.parse(move.status?.downtime?.ended ?? '');
  return new Map(
    awaited(move).flatMap((node) => {
      const found = nodes.find(({ metadata }) => metadata.name === node.name);
      const why = whyMissing(node, found, signs.get(node.name), since);
      return why === undefined ? [] : [[node.name, why] as const];
    }),
  );
};

/** Nodes and why they are missing, in words. */
export const missingWords = (missing: Missing): string => [...missing].map(([name, why]) => `${name}: ${why}`).join('; ');

/** The nodes of a move with when they were seen again; those that are missing, and those that nobody waits for, stay as they are. */
export const withReturns = ({ status }: Pick<Move, 'status'>, missing: Missing, now: Date): MoveNode[] =>
  (status?.nodes ?? []).map((node) =>
    node.unready === true || missing.has(node.name) ? node : { ...node, returned: node.returned ?? timeOf(now) },
  );
