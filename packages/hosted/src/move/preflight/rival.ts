import type { Move } from '../scope.ts';
import { isEnded } from '../status.ts';

/** Of two moves of one hosted cluster that were made together, the older goes; each would wait for the other for ever. */
const isOlder = (one: Move, other: Move): boolean => {
  const age = ({ metadata }: Move) => `${metadata.creationTimestamp} ${metadata.uid}`;
  return age(one) < age(other);
};

/** The move that goes before this one. */
export const rivalOf = (move: Move, moves: readonly Move[]): Move | undefined =>
  moves.find(
    (each) => !isEnded(each) && JSON.stringify(each.spec.hostedCluster) === JSON.stringify(move.spec.hostedCluster) && isOlder(each, move),
  );
