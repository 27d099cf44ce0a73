import { Backup, DeleteBackupRequest, OADP_NAMESPACE, upgradeLabels } from '@godwit/api';
import { type Client, isApiError } from '@godwit/kube';
import { listOadp } from './own-backups.ts';

/** Whether a Backup is another cluster's: it came with the storage that both use. It counts as absent. */
export const isStale = ({ metadata }: Backup, clusterId: string): boolean => metadata.labels?.[upgradeLabels.clusterId] !== clusterId;

/** Another cluster's Backups under names that this cluster wants. */
export type StaleBackups = {
  /** Those that go away. */
  readonly leaving: readonly string[];
  /** Why others will not. */
  readonly errors: readonly string[];
};

const nameOf = ({ metadata }: { metadata: { name?: string } }): string => metadata.name ?? '';

const isRefused = ({ status }: DeleteBackupRequest): boolean => status?.phase === 'Processed' && (status.errors ?? []).length > 0;

/** What stands in the way of Backups with these names. */
export const readStaleBackups = async (cluster: Client, clusterId: string, names: readonly string[]): Promise<StaleBackups> => {
  const stale = (await listOadp(cluster, Backup)).filter((each) => names.includes(nameOf(each)) && isStale(each, clusterId)).map(nameOf);
  const requests = await listOadp(cluster, DeleteBackupRequest);
  const refused = requests.filter((each) => stale.includes(each.spec.backupName) && isRefused(each));
  const stays = (name: string): boolean => refused.some(({ spec }) => spec.backupName === name);
  return {
    leaving: stale.filter((name) => !stays(name)),
    errors: refused.map(({ spec, status }) => `${spec.backupName}: ${(status?.errors ?? []).join(', ')}`),
  };
};

/** Has one Backup deleted with its data; a request that is under way is left to its end, one that is through is made anew. */
export const requestDeletion = async (cluster: Client, clusterId: string, backupName: string): Promise<void> => {
  const at = { namespace: OADP_NAMESPACE, name: backupName };
  const found = await cluster.get(DeleteBackupRequest, at);
  if (found !== undefined && found.status?.phase !== 'Processed') return;
  if (found !== undefined) await cluster.delete(DeleteBackupRequest, at);
  const request: DeleteBackupRequest = {
    apiVersion: 'velero.io/v1',
    kind: DeleteBackupRequest.kind,
    metadata: { ...at, labels: { [upgradeLabels.clusterId]: clusterId } },
    spec: { backupName },
  };
  try {
    await cluster.create(DeleteBackupRequest, request);
  } catch (error) {
    if (!isApiError(error, 'AlreadyExists')) throw error;
  }
};
