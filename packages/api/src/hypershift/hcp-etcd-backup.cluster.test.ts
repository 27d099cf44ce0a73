import { answerOf, freshNamespace, testCluster } from '@godwit/testkit';
import { beforeAll, expect, test } from 'vitest';
import { HCPEtcdBackup } from './hcp-etcd-backup.ts';

const client = testCluster();
let namespace = '';

const s3 = { bucket: 'backups', region: 'us-east-1', keyPrefix: 'demo/1', credentials: { name: 'store' } };
const azureBlob = { container: 'backups', storageAccount: 'account1', keyPrefix: 'demo/1', credentials: { name: 'store' } };
const aBackup = (name: string, storage: object): HCPEtcdBackup => ({
  apiVersion: 'hypershift.openshift.io/v1beta1',
  kind: 'HCPEtcdBackup',
  metadata: { namespace, name },
  spec: { storage } as HCPEtcdBackup['spec'],
});

beforeAll(async () => {
  namespace = await freshNamespace();
  await client.create(HCPEtcdBackup, aBackup('stored', { storageType: 'S3', s3 }));
});

test.each<[string, object, string]>([
  ['T39 a bucket', { storageType: 'S3', s3 }, 'accepted'],
  [
    'T39 a bucket and a container',
    { storageType: 'S3', s3, azureBlob },
    'azureBlob configuration is required when storageType is AzureBlob',
  ],
  ['T39 S3 without a bucket', { storageType: 'S3' }, 's3 configuration is required when storageType is S3'],
  ['T39 a container', { storageType: 'AzureBlob', azureBlob }, 'accepted'],
  ['T39 another cloud', { storageType: 'GCS' }, 'Unsupported value: "GCS"'],
  ['T39 a bucket of two letters', { storageType: 'S3', s3: { ...s3, bucket: 'ab' } }, 'should be at least 3 chars long'],
  ['T39 a bucket of 64 letters', { storageType: 'S3', s3: { ...s3, bucket: 'a'.repeat(64) } }, 'may not be more than 63'],
  ['T39 a bucket with a capital', { storageType: 'S3', s3: { ...s3, bucket: 'My-bucket' } }, 'bucket must consist of lowercase letters'],
  ['T39 a bucket with two periods', { storageType: 'S3', s3: { ...s3, bucket: 'a..b' } }, 'bucket must consist of lowercase letters'],
  ['T39 a region in capitals', { storageType: 'S3', s3: { ...s3, region: 'US-EAST-1' } }, 'region must consist of lowercase letters'],
  ['T39 a region with two dashes', { storageType: 'S3', s3: { ...s3, region: 'us--east' } }, 'region must consist of lowercase letters'],
  ['T39 a prefix with a space', { storageType: 'S3', s3: { ...s3, keyPrefix: 'a b' } }, 'keyPrefix must consist of'],
  ['T39 a prefix with every sign', { storageType: 'S3', s3: { ...s3, keyPrefix: "a/B-0!_.*'()" } }, 'accepted'],
  ['T39 half a key', { storageType: 'S3', s3: { ...s3, kmsKeyARN: 'alias/a' } }, 'kmsKeyARN'],
])('%s: the API server answers as it should', async (_title, storage, answer) => {
  expect(await answerOf(client.create(HCPEtcdBackup, aBackup('tried', storage), { dryRun: true }))).toContain(answer);
});

test('T39 a backup cannot be changed once it is asked for', async () => {
  const change = { spec: { storage: { s3: { keyPrefix: 'demo/2' } } } };
  expect(await answerOf(client.patch(HCPEtcdBackup, { namespace, name: 'stored' }, change))).toContain('HCPEtcdBackupSpec is immutable');
});

test.each<[string, object, string]>([
  ['T39 a snapshot over ftp', { snapshotURL: 'ftp://x' }, 'snapshotURL must be a valid URL with scheme https or s3'],
  ['T39 a snapshot over https', { snapshotURL: 'https://x/y' }, 'accepted'],
  ['T39 a snapshot in a bucket', { snapshotURL: 's3://x/y' }, 'accepted'],
  ['T39 an encryption of nobody', { encryptionMetadata: {} }, 'exactly one of aws and azure must be set'],
  ['T39 an encryption of one cloud', { encryptionMetadata: { aws: { kmsKeyARN: 'arn' } } }, 'accepted'],
])('%s: the API server answers a status as it should', async (_title, status, answer) => {
  const name = { namespace, name: 'stored' };
  expect(await answerOf(client.patch(HCPEtcdBackup, name, { status }, { subresource: 'status' }))).toContain(answer);
});
