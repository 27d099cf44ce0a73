import { EtcdBackupRecord } from './etcd-backup-record.ts';
import { HostedClusterMigration } from './hosted-cluster-migration.ts';
import { ImageBasedUpgradeReport } from './image-based-upgrade-report.ts';

/** Every kind of godwit.io. */
export const godwitKinds = [HostedClusterMigration, EtcdBackupRecord, ImageBasedUpgradeReport] as const;
