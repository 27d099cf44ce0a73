import { annotations, HostedCluster } from '@godwit/api';
import type { Effect } from '@godwit/controller';
import type { Move, Scope } from '../scope.ts';

const claimOn = ({ metadata }: Pick<HostedCluster, 'metadata'>): string => metadata.annotations?.[annotations.moveClaim] ?? '';

/** Whether a move has claimed the HostedCluster on its source. */
export const isClaimedBy = (cluster: Pick<HostedCluster, 'metadata'>, { metadata }: Pick<Move, 'metadata'>): boolean =>
  claimOn(cluster).split(' ')[0] === metadata.uid;

/** Another move that has claimed the HostedCluster, in words; undefined: none has. */
export const claimOfOther = (cluster: Pick<HostedCluster, 'metadata'>, move: Pick<Move, 'metadata'>): string | undefined => {
  const [uid, ...words] = claimOn(cluster).split(' ');
  return uid === '' || uid === move.metadata.uid ? undefined : words.join(' ') || `move ${uid}`;
};

/**
 * Claims the HostedCluster on the source as it was read: of two moves, whatever buckets they write into, one gets it and the other a
 * conflict. The claim stands until the move is taken back.
 */
export const claiming = ({ metadata: { namespace, name = '', resourceVersion } }: HostedCluster, { move, world }: Scope): Effect => {
  const { uid, namespace: room, name: called } = move.metadata;
  const claim = `${uid} HostedClusterMigration ${room}/${called} on ${world.settings.managementCluster}`;
  return {
    do: 'patch',
    on: 'source',
    resource: HostedCluster,
    name: { namespace, name },
    patch: { metadata: { resourceVersion, annotations: { [annotations.moveClaim]: claim } } },
  };
};
