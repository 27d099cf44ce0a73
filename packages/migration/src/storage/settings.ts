import { isAbsolute } from 'node:path';
import type { MigStorage } from '@godwit/api';

/** Provider of a store that is a folder of the machine on which the engine runs. */
export const FOLDER_PROVIDER = 'godwit.io/filesystem';

/** The providers that upstream knows, and Godwit's folder. */
export const PROVIDERS = ['aws', 'azure', 'gcp', FOLDER_PROVIDER] as const;

type BackupConfig = MigStorage['spec']['backupStorageConfig'];
type SnapshotConfig = NonNullable<MigStorage['spec']['volumeSnapshotConfig']>;
type Rule<Config> = { field: keyof Config & string; isBad: (config: Config) => boolean };

const GO_DURATION = /^([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))+$/;

const isHttp = (url: string): boolean => URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
const badUrl = (url: string | undefined): boolean => Boolean(url) && !isHttp(url ?? '');
const badDuration = (duration: string | undefined): boolean => Boolean(duration) && !GO_DURATION.test(duration ?? '');

const backupRules: Record<string, readonly Rule<BackupConfig>[]> = {
  aws: [
    { field: 'awsBucketName', isBad: ({ awsBucketName: bucket }) => !bucket || (bucket.includes('/') && !bucket.startsWith('arn:')) },
    { field: 'awsSignatureVersion', isBad: ({ awsSignatureVersion: version }) => !['', '1', '4'].includes(version ?? '') },
    { field: 'awsS3Url', isBad: ({ awsS3Url }) => badUrl(awsS3Url) },
    { field: 'awsPublicUrl', isBad: ({ awsPublicUrl }) => badUrl(awsPublicUrl) },
  ],
  azure: [
    { field: 'azureResourceGroup', isBad: ({ azureResourceGroup }) => !azureResourceGroup },
    { field: 'azureStorageAccount', isBad: ({ azureStorageAccount }) => !azureStorageAccount },
    { field: 'azureStorageContainer', isBad: ({ azureStorageContainer }) => azureStorageContainer === '' },
  ],
  gcp: [{ field: 'gcpBucket', isBad: ({ gcpBucket }) => !gcpBucket }],
  [FOLDER_PROVIDER]: [{ field: 'path', isBad: ({ path }) => !path || !isAbsolute(path) }],
};

const snapshotRules: Record<string, readonly Rule<SnapshotConfig>[]> = {
  aws: [{ field: 'snapshotCreationTimeout', isBad: ({ snapshotCreationTimeout }) => badDuration(snapshotCreationTimeout) }],
  azure: [{ field: 'azureApiTimeout', isBad: ({ azureApiTimeout }) => badDuration(azureApiTimeout) }],
  gcp: [{ field: 'snapshotCreationTimeout', isBad: ({ snapshotCreationTimeout }) => badDuration(snapshotCreationTimeout) }],
};

/** Names of the fields of `backupStorageConfig` that the provider cannot work with. */
export const badBackupSettings = ({ spec }: MigStorage): string[] =>
  (backupRules[spec.backupStorageProvider] ?? []).filter(({ isBad }) => isBad(spec.backupStorageConfig)).map(({ field }) => field);

/** The provider of snapshots; the one of the store unless another is named. */
export const snapshotProvider = ({ spec }: MigStorage): string => spec.volumeSnapshotProvider || spec.backupStorageProvider;

/** Names of the fields of `volumeSnapshotConfig` that the provider cannot work with. */
export const badSnapshotSettings = (storage: MigStorage): string[] =>
  (snapshotRules[snapshotProvider(storage)] ?? [])
    .filter(({ isBad }) => isBad(storage.spec.volumeSnapshotConfig ?? {}))
    .map(({ field }) => field);
