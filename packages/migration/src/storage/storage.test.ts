import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MigStorage } from '@godwit/api';
import { openStore } from '@godwit/objectstore';
import { expect, test } from 'vitest';
import { judgeAll } from '../shared/check.ts';
import { accessWith } from './access.ts';
import { storageChecks } from './checks.ts';
import { credentialsFile, credentialsOf } from './credentials.ts';
import type { StorageFacts } from './facts.ts';
import { backupLocation, credentialsSecret, snapshotLocation } from './locations.ts';
import { probeStore } from './probe.ts';
import { probeDepth } from './probe-depth.ts';

const storage = (spec: Partial<MigStorage['spec']> = {}): MigStorage => ({
  apiVersion: 'migration.openshift.io/v1alpha1',
  kind: 'MigStorage',
  metadata: { namespace: 'openshift-migration', name: 'store' },
  spec: {
    backupStorageProvider: 'aws',
    backupStorageConfig: { awsBucketName: 'b', credsSecretRef: { namespace: 'n', name: 's' } },
    ...spec,
  },
});

const bucket = (config: MigStorage['spec']['backupStorageConfig']): MigStorage =>
  storage({ backupStorageConfig: { awsBucketName: 'b', credsSecretRef: { namespace: 'n', name: 's' }, ...config } });

const folder = (path?: string): MigStorage =>
  storage({ backupStorageProvider: 'godwit.io/filesystem', backupStorageConfig: { path, host: 'laptop' } });

const keys = { 'aws-access-key-id': 'id', 'aws-secret-access-key': 'key' };

const facts = (given: MigStorage, more: Partial<StorageFacts> = {}): StorageFacts => ({
  storage: given,
  credentials: keys,
  snapshotCredentials: undefined,
  store: { answered: true, why: '' },
  ...more,
});

const found = (given: StorageFacts): string[] =>
  judgeAll(storageChecks, given).claims.map(({ type, reason, items }) => [type, reason, items?.join()].filter(Boolean).join(' '));

test.each<[string, StorageFacts, string[]]>([
  ['a bucket in order', facts(storage()), []],
  ['a folder in order', facts(folder('/srv/godwit'), { credentials: undefined }), []],
  ['no provider', facts(storage({ backupStorageProvider: '' })), ['InvalidBackupStorageProvider NotSet']],
  ['an unknown provider', facts(storage({ backupStorageProvider: 'tape' })), ['InvalidBackupStorageProvider NotSupported']],
  [
    'no reference to a secret',
    facts(bucket({ credsSecretRef: undefined }), { credentials: undefined }),
    ['InvalidBackupStorageCredsSecretRef NotSet'],
  ],
  ['no secret', facts(storage(), { credentials: undefined }), ['InvalidBackupStorageCredsSecretRef NotFound']],
  [
    'a secret without a key',
    facts(storage(), { credentials: { 'aws-access-key-id': 'id' } }),
    ['InvalidBackupStorageSettings NotSupported credsSecretRef: aws-secret-access-key'],
  ],
  ['no bucket', facts(bucket({ awsBucketName: '' })), ['InvalidBackupStorageSettings NotSupported awsBucketName']],
  [
    'addresses that are none',
    facts(bucket({ awsS3Url: 'minio', awsPublicUrl: 'ftp://x', awsSignatureVersion: '2' })),
    ['InvalidBackupStorageSettings NotSupported awsSignatureVersion,awsS3Url,awsPublicUrl'],
  ],
  ['a relative folder', facts(folder('here')), ['InvalidBackupStorageSettings NotSupported path']],
  ['no folder', facts(folder()), ['InvalidBackupStorageSettings NotSupported path']],
  [
    'a store that failed the test',
    facts(storage(), { store: { answered: false, why: 'x.' } }),
    ['BackupStorageProviderTestFailed TestFailed'],
  ],
  [
    'a Google bucket',
    facts(storage({ backupStorageProvider: 'gcp', backupStorageConfig: { gcpBucket: 'b', credsSecretRef: { name: 's' } } }), {
      credentials: { 'gcp-credentials': '{}' },
    }),
    ['BackupStorageProviderTestFailed NotSupported'],
  ],
  [
    'a Google bucket without a name',
    facts(storage({ backupStorageProvider: 'gcp', backupStorageConfig: { credsSecretRef: { name: 's' } } }), {
      credentials: { 'gcp-credentials': '{}' },
    }),
    ['InvalidBackupStorageSettings NotSupported gcpBucket', 'BackupStorageProviderTestFailed NotSupported'],
  ],
  [
    'an Azure account without its group',
    facts(storage({ backupStorageProvider: 'azure', backupStorageConfig: { azureStorageAccount: 'a', credsSecretRef: { name: 's' } } }), {
      credentials: { 'azure-credentials': 'x' },
    }),
    ['InvalidBackupStorageSettings NotSupported azureResourceGroup', 'BackupStorageProviderTestFailed NotSupported'],
  ],
  [
    'unknown snapshots',
    facts(storage({ volumeSnapshotProvider: 'tape' })),
    ['InvalidVolumeSnapshotProvider NotSupported', 'InvalidVolumeSnapshotCredsSecretRef NotSet'],
  ],
  [
    'snapshots without a secret',
    facts(storage({ volumeSnapshotProvider: 'aws', volumeSnapshotConfig: { credsSecretRef: { name: 's' } } })),
    ['InvalidVolumeSnapshotCredsSecretRef NotFound'],
  ],
  [
    'snapshots with a time-out that is none',
    facts(storage({ volumeSnapshotConfig: { snapshotCreationTimeout: 'soon' } })),
    ['InvalidVolumeSnapshotSettings NotSupported snapshotCreationTimeout'],
  ],
])('%s', (_title, given, expected) => {
  expect(found(given)).toEqual(expected);
});

test.each<[string, MigStorage, object]>([
  [
    'a bucket of AWS',
    storage(),
    {
      kind: 's3',
      bucket: 'b',
      prefix: 'velero',
      region: 'us-east-1',
      forcePathStyle: false,
      insecure: false,
      accessKeyId: 'id',
      secretAccessKey: 'key',
    },
  ],
  ['a bucket elsewhere is addressed by path', bucket({ awsS3Url: 'https://minio' }), { endpoint: 'https://minio', forcePathStyle: true }],
  ['unless the storage says otherwise', bucket({ awsS3Url: 'https://minio', awsS3ForcePathStyle: false }), { forcePathStyle: false }],
  ['certificates come decoded', bucket({ s3CustomCABundle: Buffer.from('PEM').toString('base64') }), { caBundle: 'PEM' }],
  ['a folder', folder('/srv'), { kind: 'folder', path: '/srv' }],
])('access to %s', (_title, given, access) => {
  expect(accessWith(given, keys)).toMatchObject(access);
});

test.each([
  ['no credentials', storage(), undefined, 'lacks aws-access-key-id'],
  ['no bucket', bucket({ awsBucketName: '' }), keys, 'awsBucketName'],
  ['a provider that only Velero can use', storage({ backupStorageProvider: 'gcp' }), keys, 'provider gcp'],
])('%s: access is refused by name', (_title, given, credentials, said) => {
  expect(() => accessWith(given, credentials)).toThrow(said);
});

test.each([
  ['a store never tested', { last: undefined }, 'write'],
  ['a store tested a minute ago', {}, 'read'],
  ['a store with new settings', { digest: 'new' }, 'write'],
  ['a store that failed', { last: { digest: 'd', at: new Date('2030-01-01T10:00:00Z'), answered: false } }, 'write'],
  ['a refresh', { refresh: true }, 'write'],
  ['an hour later', { now: new Date('2030-01-01T11:00:00Z') }, 'write'],
])('%s is tested by %o: %s', (_title, more, depth) => {
  const last = { digest: 'd', at: new Date('2030-01-01T10:00:00Z'), answered: true };
  expect(probeDepth({ digest: 'd', refresh: false, last, now: new Date('2030-01-01T10:01:00Z'), ...more })).toBe(depth);
});

test('a folder is tested by writing, and nothing stays of it', async () => {
  const path = await mkdtemp(join(tmpdir(), 'godwit-storage-'));
  expect(await probeStore(openStore({ kind: 'folder', path }), 'write', 'abc')).toEqual({ answered: true, why: '' });
  expect((await readdir(path, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())).toEqual([]);
  await rm(path, { recursive: true });
  expect(await probeStore(openStore({ kind: 'folder', path }), 'read', 'abc')).toMatchObject({
    answered: false,
    why: expect.stringContaining('mkdir'),
  });
});

const placement = { namespace: 'openshift-migration', name: 'store-abcd', snapshotName: 'store-uid', labels: { migplan: 'uid' } };

test('a location is written in the form of Velero, with credentials of its own', () => {
  expect(
    backupLocation(bucket({ awsS3Url: 'http://minio', awsKmsKeyId: 'kms', s3CustomCABundle: 'QQ==', insecure: true }), placement),
  ).toMatchObject({
    metadata: { name: 'store-abcd', namespace: 'openshift-migration', labels: { migplan: 'uid' } },
    spec: {
      provider: 'aws',
      credential: { name: 'store-abcd', key: 'cloud' },
      objectStorage: { bucket: 'b', prefix: 'velero', caCert: 'QQ==' },
      config: { region: 'us-east-1', s3Url: 'http://minio', s3ForcePathStyle: 'true', insecureSkipTLSVerify: 'true', kmsKeyId: 'kms' },
    },
  });
  expect(credentialsOf(credentialsSecret(storage(), keys, placement))).toEqual({ cloud: credentialsFile(keys).trim() });
  expect(credentialsFile(keys)).toBe('[default]\naws_access_key_id=id\naws_secret_access_key=key\n');
  expect(snapshotLocation(storage(), placement)).toMatchObject({
    metadata: { name: 'store-uid' },
    spec: { provider: 'aws', config: { region: 'us-east-1' } },
  });
});

test('a folder becomes a location of its own provider, without credentials and snapshots', () => {
  expect(backupLocation(folder('/srv'), placement).spec).toEqual({
    provider: 'godwit.io/filesystem',
    config: { path: '/srv', host: 'laptop' },
    objectStorage: { bucket: 'folder' },
  });
  expect(credentialsSecret(folder('/srv'), undefined, placement)).toBeUndefined();
  expect(snapshotLocation(folder('/srv'), placement)).toBeUndefined();
});
