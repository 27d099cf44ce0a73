import { Backup, OADP_NAMESPACE, Restore } from '@godwit/api';
import { type Client, isApiError } from '@godwit/kube';
import { ownPartsOf } from '../manifests/carried-groups.ts';
import { bucketOf, type Member, type Tracked, trackedOf } from './track.ts';

const inOadp = (restore: Restore): Restore => {
  const { status: _, ...own } = ownPartsOf(restore);
  return { ...own, metadata: { ...own.metadata, namespace: OADP_NAMESPACE } };
};

const memberOf = async (cluster: Client, restore: Restore): Promise<Member> => {
  const { name = '' } = restore.metadata;
  const found = await cluster.get(Restore, { namespace: OADP_NAMESPACE, name });
  if (found !== undefined) return { name, bucket: bucketOf(found.status?.phase) };
  const backup = await cluster.get(Backup, { namespace: OADP_NAMESPACE, name: restore.spec.backupName ?? '' });
  if (backup === undefined) return { name, bucket: 'missing' };
  try {
    await cluster.create(Restore, inOadp(restore));
  } catch (error) {
    if (!isApiError(error, 'AlreadyExists')) throw error;
  }
  return { name, bucket: 'progressing' };
};

/**
 * Takes a group of Restores one step further and says how far it is: those whose Backup is there are made, the others are missing until the
 * storage has brought it. May be called again at any time; one group must have succeeded before the next is begun.
 */
export const restoreGroup = async (cluster: Client, group: readonly Restore[]): Promise<Tracked> =>
  trackedOf(await Promise.all(group.map((restore) => memberOf(cluster, restore))));
