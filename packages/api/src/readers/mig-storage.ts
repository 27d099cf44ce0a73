import type { MigStorage } from '../migration/mig-storage.ts';

const DEFAULT_REGION = 'us-east-1';

/** What a MigStorage says, with upstream's defaults filled in. Without a snapshot provider, that of the object store takes snapshots too. */
export const readMigStorage = ({ spec }: MigStorage) => {
  const { backupStorageConfig: store, volumeSnapshotConfig: snapshots } = spec;
  const sharesProvider = (spec.volumeSnapshotProvider ?? '') === '';
  return {
    provider: spec.backupStorageProvider,
    credentials: store.credsSecretRef,
    bucket: (spec.backupStorageProvider === 'gcp' ? store.gcpBucket : store.awsBucketName) ?? '',
    region: store.awsRegion || DEFAULT_REGION,
    /** Empty for AWS itself. */
    s3Url: store.awsS3Url ?? '',
    publicUrl: store.awsPublicUrl ?? '',
    /** Path style is taken exactly when an address is given, whatever awsS3ForcePathStyle says. */
    forcePathStyle: (store.awsS3Url ?? '') !== '',
    kmsKeyId: store.awsKmsKeyId ?? '',
    signatureVersion: store.awsSignatureVersion ?? '',
    /** PEM in base64. */
    caBundle: store.s3CustomCABundle ?? '',
    insecure: store.insecure ?? false,
    azure: {
      storageAccount: store.azureStorageAccount ?? '',
      container: store.azureStorageContainer ?? '',
      resourceGroup: store.azureResourceGroup ?? '',
    },
    snapshots: {
      provider: sharesProvider ? spec.backupStorageProvider : (spec.volumeSnapshotProvider ?? ''),
      credentials: sharesProvider ? store.credsSecretRef : snapshots?.credsSecretRef,
      region: (sharesProvider ? store.awsRegion : snapshots?.awsRegion) || DEFAULT_REGION,
      creationTimeout: snapshots?.snapshotCreationTimeout ?? '',
      azureResourceGroup: (sharesProvider ? store.azureResourceGroup : snapshots?.azureResourceGroup) ?? '',
      azureApiTimeout: snapshots?.azureApiTimeout ?? '',
    },
    /** The folder that is the store, with provider godwit.io/filesystem; empty otherwise. */
    folder: store.path ?? '',
    refresh: spec.refresh ?? false,
  };
};
