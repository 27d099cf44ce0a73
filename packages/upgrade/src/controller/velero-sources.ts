import { Backup, DeleteBackupRequest, OADP_NAMESPACE, Restore, UPGRADE_NAME } from '@godwit/api';
import type { Source } from '@godwit/controller';
import type { Client, Resource } from '@godwit/kube';

const WATCHED: readonly Resource[] = [Backup, Restore, DeleteBackupRequest];

/** What wakes the agent while backups and restores go on; nothing on a cluster that serves none of these kinds. */
export const velerosSources = async (cluster: Client): Promise<Source[]> => {
  const served = await cluster.discover();
  return WATCHED.filter(({ group, plural }) => served.some((each) => each.group === group && each.plural === plural)).map((resource) => ({
    client: cluster,
    resource,
    namespace: OADP_NAMESPACE,
    keys: () => [UPGRADE_NAME],
  }));
};
