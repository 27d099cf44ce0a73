import { Backup, DeleteBackupRequest, OADP_NAMESPACE, upgradeLabels } from '@godwit/api';
import { type Client, isApiError, type KubeObject, type Resource } from '@godwit/kube';

/** All objects of a kind in the namespace of the backups; none where the kind is not served. */
export const listOadp = async <T extends KubeObject>(cluster: Client, resource: Resource<T>, labelSelector?: string): Promise<T[]> => {
  try {
    return (await cluster.list(resource, { namespace: OADP_NAMESPACE, labelSelector })).items;
  } catch (error) {
    if (isApiError(error, 'NotFound')) return [];
    throw error;
  }
};

const ofCluster = (id: string): string => `${upgradeLabels.clusterId}=${id}`;

/** The Backups that this cluster has made. */
export const ownBackups = (cluster: Client, clusterId: string): Promise<Backup[]> => listOadp(cluster, Backup, ofCluster(clusterId));

/** The requests of this cluster to delete Backups. */
export const ownRequests = (cluster: Client, clusterId: string): Promise<DeleteBackupRequest[]> =>
  listOadp(cluster, DeleteBackupRequest, ofCluster(clusterId));
