export { BackupExistsError, type BackupWork, removeBackupFiles, runBackup } from './engine/run-backup.ts';
export type * from './velero.ts';
