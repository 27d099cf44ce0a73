import { Backup, OADP_NAMESPACE } from '@godwit/api';
import { type Client, isApiError } from '@godwit/kube';
import { labelObjects, ownBackup } from './label-objects.ts';
import { isStale, requestDeletion } from './stale-backups.ts';
import { bucketOf, type Member, type Tracked, trackedOf } from './track.ts';

/** What making backups needs: the cluster, and who it is (`clusterIdOf`). */
export type BackUpParts = { readonly cluster: Client; readonly clusterId: string };

const memberOf = async ({ cluster, clusterId }: BackUpParts, backup: Backup): Promise<Member> => {
  const { name = '' } = backup.metadata;
  const found = await cluster.get(Backup, { namespace: OADP_NAMESPACE, name });
  if (found !== undefined && !isStale(found, clusterId)) return { name, bucket: bucketOf(found.status?.phase) };
  if (found !== undefined) {
    await requestDeletion(cluster, clusterId, name);
    return { name, bucket: 'progressing' };
  }
  await labelObjects(cluster, backup);
  try {
    await cluster.create(Backup, ownBackup(backup, clusterId));
  } catch (error) {
    if (!isApiError(error, 'AlreadyExists')) throw error;
  }
  return { name, bucket: 'progressing' };
};

/**
 * Takes a group of Backups one step further and says how far it is: labels objects and makes Backups that are absent, and has those of another
 * cluster deleted first. May be called again at any time; one group must have succeeded before the next is begun.
 */
export const backUpGroup = async (parts: BackUpParts, group: readonly Backup[]): Promise<Tracked> =>
  trackedOf(await Promise.all(group.map((backup) => memberOf(parts, backup))));
