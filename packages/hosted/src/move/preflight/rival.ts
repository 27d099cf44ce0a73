import type { HostedClusterMigration } from '@godwit/api';

const ended = ({ status }: HostedClusterMigration): boolean => status?.completionTimestamp !== undefined;

/** Of two moves of one hosted cluster that were made together, the older goes; each would wait for the other for ever. */
const isOlder = (one: HostedClusterMigration, other: HostedClusterMigration): boolean => {
  const age = ({ metadata }: HostedClusterMigration) => `${metadata.creationTimestamp} ${metadata.uid}`;
  return age(one) < age(other);
};

/** The move that goes before this one. */
export const rivalOf = (move: HostedClusterMigration, moves: readonly HostedClusterMigration[]): HostedClusterMigration | undefined =>
  moves.find(
    (each) => !ended(each) && JSON.stringify(each.spec.hostedCluster) === JSON.stringify(move.spec.hostedCluster) && isOlder(each, move),
  );
