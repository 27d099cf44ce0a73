import type { BackupStorageLocation, MigStorage, Secret, VolumeSnapshotLocation } from '@godwit/api';
import { BUCKET_PREFIX } from './access.ts';
import { type Credentials, credentialsFile } from './credentials.ts';
import { FOLDER_PROVIDER, snapshotProvider } from './settings.ts';

/** Where the objects go: names, namespace and labels are the same on every cluster of a plan. */
export type Placement = { namespace: string; name: string; snapshotName: string; labels: Record<string, string> };

/** The key in a credentials Secret that Velero reads. */
const CLOUD_KEY = 'cloud';

const DEFAULT_REGION = 'us-east-1';

const given = (config: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(config).filter((entry): entry is [string, string] => Boolean(entry[1])));

const bucketConfig = ({ spec }: MigStorage): Record<string, string> => {
  const { awsRegion, awsS3Url, awsPublicUrl, awsKmsKeyId, awsSignatureVersion, awsS3ForcePathStyle, insecure } = spec.backupStorageConfig;
  return given({
    s3ForcePathStyle: String(awsS3ForcePathStyle ?? Boolean(awsS3Url)),
    region: awsRegion || DEFAULT_REGION,
    insecureSkipTLSVerify: String(insecure === true),
    s3Url: awsS3Url,
    publicUrl: awsPublicUrl,
    kmsKeyId: awsKmsKeyId,
    signatureVersion: awsSignatureVersion,
  });
};

const metadataOf = ({ namespace, labels }: Placement, name: string) => ({ namespace, name, labels });

/** The Secret that holds the credentials of a location in Velero's form; undefined for a folder. */
export const credentialsSecret = (storage: MigStorage, credentials: Credentials | undefined, placement: Placement): Secret | undefined =>
  storage.spec.backupStorageProvider === FOLDER_PROVIDER || credentials === undefined
    ? undefined
    : {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: metadataOf(placement, placement.name),
        type: 'Opaque',
        data: { [CLOUD_KEY]: Buffer.from(credentialsFile(credentials)).toString('base64') },
      };

const storageSpec = (storage: MigStorage, { name }: Placement): BackupStorageLocation['spec'] => {
  const { backupStorageProvider: provider, backupStorageConfig: config } = storage.spec;
  if (provider === FOLDER_PROVIDER)
    return { provider, config: given({ path: config.path, host: config.host }), objectStorage: { bucket: 'folder' } };
  return {
    provider,
    config: bucketConfig(storage),
    credential: { name, key: CLOUD_KEY },
    objectStorage: {
      bucket: config.awsBucketName ?? '',
      prefix: BUCKET_PREFIX,
      ...(config.s3CustomCABundle ? { caCert: config.s3CustomCABundle } : {}),
    },
  };
};

/** The BackupStorageLocation of a MigStorage, as a real Velero reads it too. */
export const backupLocation = (storage: MigStorage, placement: Placement): BackupStorageLocation => ({
  apiVersion: 'velero.io/v1',
  kind: 'BackupStorageLocation',
  metadata: metadataOf(placement, placement.name),
  spec: storageSpec(storage, placement),
});

/** The VolumeSnapshotLocation of a MigStorage; undefined for a folder, which can take no snapshots. */
export const snapshotLocation = (storage: MigStorage, placement: Placement): VolumeSnapshotLocation | undefined => {
  const provider = snapshotProvider(storage);
  if (provider === FOLDER_PROVIDER) return undefined;
  const { awsRegion, snapshotCreationTimeout } = storage.spec.volumeSnapshotConfig ?? {};
  const region = awsRegion || storage.spec.backupStorageConfig.awsRegion || DEFAULT_REGION;
  return {
    apiVersion: 'velero.io/v1',
    kind: 'VolumeSnapshotLocation',
    metadata: metadataOf(placement, placement.snapshotName),
    spec: {
      provider,
      config: given({ region, snapshotCreationTimeout }),
      ...(storage.spec.volumeSnapshotProvider ? {} : { credential: { name: placement.name, key: CLOUD_KEY } }),
    },
  };
};
