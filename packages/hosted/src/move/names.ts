import type { HostedClusterMigration } from '@godwit/api';
import { annotations } from '@godwit/api';

/** Where the parts of one move lie in the bucket. */
export const keysOf = ({ metadata, spec }: HostedClusterMigration) => {
  const folder = `${spec.hostedCluster.name}/${metadata.uid}`;
  return { snapshot: `${folder}/etcd.db`, bundle: `${folder}/objects.enc` } as const;
};

/** Marks what a move has made on the destination, with the uid of the move: undoing takes away this and nothing else. */
export const MOVED_BY = annotations.hostedClusterMigration;

/** Who owns the fields that a move writes. */
export const FIELD_MANAGER = 'godwit-move';
