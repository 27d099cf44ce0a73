import { Backup, OADP_NAMESPACE, Restore, upgradeLabels } from '@godwit/api';
import { type Client, isApiError } from '@godwit/kube';
import { ownPartsOf } from '../manifests/carried-groups.ts';
import { isRecord } from './restore-records.ts';
import { bucketOf, type Member, type Tracked, trackedOf } from './track.ts';

const inOadp = (restore: Restore): Restore => {
  const { status: _status, ...own } = ownPartsOf(restore);
  const { [upgradeLabels.restoreRecord]: _record, ...labels } = own.metadata.labels ?? {};
  return { ...own, metadata: { ...own.metadata, labels, namespace: OADP_NAMESPACE } };
};

const memberOf = async (cluster: Client, restore: Restore): Promise<Member> => {
  const { name = '' } = restore.metadata;
  const at = { namespace: OADP_NAMESPACE, name };
  const found = await cluster.get(Restore, at);
  if (found !== undefined && !isRecord(found)) return { name, bucket: bucketOf(found.status?.phase) };
  // It came with the store of a seed that was upgraded itself.
  if (found !== undefined) await cluster.delete(Restore, at);
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
