import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { objectReference } from '../references.ts';
import { bytes, fields, word } from '../schema.ts';
import { ageColumn, migrationKind, observed, readyColumn } from './common.ts';

const backupStorageConfig = fields({
  credsSecretRef: objectReference.optional().describe('Secret with the credentials for the store.'),
  awsBucketName: z.string().optional().describe('S3 bucket. Needed with provider aws.'),
  awsRegion: z.string().optional().describe('S3 region. Omitted: us-east-1.'),
  awsS3ForcePathStyle: z.boolean().optional().describe('Not used: the path style is taken whenever awsS3Url is set.'),
  awsS3Url: z.string().optional().describe('Address of an S3-compatible store. Omitted: AWS.'),
  awsPublicUrl: z.string().optional().describe('Address of the store for clients outside, used in download links. Omitted: awsS3Url.'),
  awsKmsKeyId: z.string().optional().describe('KMS key that encrypts what is stored. Omitted: no such encryption.'),
  awsSignatureVersion: z.string().optional().describe('Version of request signing, 1 or 4. Omitted: the client of the store decides.'),
  s3CustomCABundle: bytes().optional().describe('Certificates, PEM in base64, that vouch for the store. Omitted: those of the system.'),
  azureStorageAccount: z.string().optional().describe('Azure storage account. Needed with provider azure.'),
  azureStorageContainer: z.string().optional().describe('Azure container. Needed with provider azure.'),
  azureResourceGroup: z.string().optional().describe('Azure resource group of the account. Needed with provider azure.'),
  gcpBucket: z.string().optional().describe('Google bucket. Needed with provider gcp.'),
  insecure: z.boolean().optional().describe('Does not check the certificate of the store. Omitted: false.'),
  path: z.string().optional().describe('Added by Godwit: the folder that is the store. Needed with provider godwit.io/filesystem.'),
  host: z.string().optional().describe('Added by Godwit: name of the machine that holds the folder, for readers. Omitted: not said.'),
});

const volumeSnapshotConfig = fields({
  credsSecretRef: objectReference.optional().describe('Secret with the credentials for snapshots.'),
  snapshotCreationTimeout: z.string().optional().describe('How long a snapshot may take, for instance 10m. Omitted: the provider decides.'),
  awsRegion: z.string().optional().describe('AWS region of the volumes.'),
  azureApiTimeout: z.string().optional().describe('How long a call to Azure may take, for instance 2m. Omitted: the provider decides.'),
  azureResourceGroup: z.string().optional().describe('Azure resource group of the snapshots.'),
});

const spec = fields({
  backupStorageProvider: word('aws', 'azure', 'gcp', 'godwit.io/filesystem').describe(
    'Kind of the object store: aws (also every S3-compatible one), azure, gcp or, added by Godwit, godwit.io/filesystem. Required.',
  ),
  backupStorageConfig: backupStorageConfig.describe('How to reach the object store. Required.'),
  volumeSnapshotProvider: word('aws', 'azure', 'gcp')
    .optional()
    .describe('Who takes volume snapshots. Omitted: the provider, settings and credentials of the object store.'),
  volumeSnapshotConfig: volumeSnapshotConfig.optional().describe('How to take volume snapshots.'),
  refresh: z.boolean().optional().describe('Asks for a reconcile; set back to false afterwards. Omitted: false.'),
});

/** The object store over which clusters hand on what is migrated. */
export const MigStorage = kind(
  {
    ...migrationKind,
    kind: 'MigStorage',
    description: 'The object store over which clusters hand on what is migrated.',
    plural: 'migstorages',
    columns: [
      readyColumn,
      { name: 'BackupStorageProvider', type: 'string', jsonPath: '.spec.backupStorageProvider' },
      { name: 'VolumeSnapshotProvider', type: 'string', jsonPath: '.spec.volumeSnapshotProvider' },
      ageColumn,
    ],
  },
  spec,
  fields(observed),
);
/** The object store over which clusters hand on what is migrated. */
export type MigStorage = ObjectOf<typeof MigStorage>;
