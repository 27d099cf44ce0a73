import { EtcdBackupRecord } from './etcd-backup-record.ts';
import { HostedClusterMigration } from './hosted-cluster-migration.ts';

/** Every kind of godwit.io. */
export const godwitKinds = [HostedClusterMigration, EtcdBackupRecord] as const;
