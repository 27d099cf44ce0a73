import { describe, expect, test } from 'vitest';
import {
  durationOr,
  durationSeconds,
  EXCLUDED_RESOURCES,
  namePair,
  readBackupStorageLocation,
  readBackupTimes,
  readClaimToMigrate,
  readDirectVolumeMigration,
  readMigCluster,
  readMigHook,
  readMigMigration,
  readMigPlan,
  readMigrationController,
  readMigStorage,
  readRestore,
} from './index.ts';

const like = { apiVersion: '', kind: '', metadata: { name: 'a' } };

test.each([
  ['720h', 2_592_000],
  ['720h0m0s', 2_592_000],
  ['1h30m', 5400],
  ['10m', 600],
  ['1.5h', 5400],
  ['.5s', 0.5],
  ['250ms', 0.25],
  ['0', 0],
  ['-1m', -60],
  ['', undefined],
  ['10', undefined],
  ['10 m', undefined],
  ['ten minutes', undefined],
])('the duration %j lasts %j seconds', (text, seconds) => {
  expect(durationSeconds(text)).toBe(seconds);
});

test.each([
  [undefined, 5],
  [null, 5],
  ['soon', 5],
  ['0s', 0],
  ['2s', 2],
])('the duration %j, otherwise five seconds, lasts %j', (text, seconds) => {
  expect(durationOr(text, 5)).toBe(seconds);
});

test.each([
  ['shop', { source: 'shop', target: 'shop' }],
  ['shop:store', { source: 'shop', target: 'store' }],
  ['shop:', { source: 'shop', target: 'shop' }],
])('%s names both sides', (text, pair) => {
  expect(namePair(text)).toEqual(pair);
});

describe('a plan', () => {
  test('migrates directly unless it says otherwise', () => {
    expect(readMigPlan({ ...like, spec: {} })).toMatchObject({
      directImages: true,
      directVolumes: true,
      closed: false,
      namespaces: [],
      volumes: [],
    });
  });
  test('can say otherwise', () => {
    const spec = { indirectImageMigration: true, indirectVolumeMigration: true, closed: true };
    expect(readMigPlan({ ...like, spec })).toMatchObject({ directImages: false, directVolumes: false, closed: true });
  });
});

describe('a run', () => {
  test('has every flag unset and wakes the source after a failure', () => {
    const flags = { quiescePods: false, keepAnnotations: false, verify: false, canceled: false, rollback: false, migrateState: false };
    expect(readMigMigration({ ...like, spec: { stage: false } })).toMatchObject({ ...flags, onFailure: 'Restore', holdBefore: [] });
  });
  test('keeps things as they are after a failure only when asked in so many words', () => {
    expect(readMigMigration({ ...like, spec: { stage: false, onFailure: 'Keep' } }).onFailure).toBe('Keep');
    expect(readMigMigration({ ...like, spec: { stage: false, onFailure: 'keep' } }).onFailure).toBe('Restore');
  });
  test('migrates state when the annotation of early versions says so', () => {
    const metadata = { annotations: { 'migration.openshift.io/state-transfer': '' } };
    expect(readMigMigration({ ...like, metadata, spec: { stage: false } }).migrateState).toBe(true);
  });
  test('stops before the phases that its annotation lists', () => {
    const metadata = { annotations: { 'godwit.io/hold-before': 'QuiesceSourceApplications, Verification,' } };
    expect(readMigMigration({ ...like, metadata, spec: { stage: false } }).holdBefore).toEqual([
      'QuiesceSourceApplications',
      'Verification',
    ]);
  });
});

describe('a cluster', () => {
  test('that is the host has no address and no token of its own', () => {
    const spec = { isHostCluster: true, url: 'https://ignored', serviceAccountSecretRef: { name: 'ignored' } };
    expect(readMigCluster({ ...like, spec })).toMatchObject({ isHost: true, url: '', tokenSecret: undefined });
  });
  test.each([
    ['https://registry.example.com/', 'registry.example.com'],
    ['registry.example.com:5000', 'registry.example.com:5000'],
    [undefined, ''],
  ])('exposes its registry at %s as %j', (exposedRegistryPath, registryPath) => {
    expect(readMigCluster({ ...like, spec: { isHostCluster: false, exposedRegistryPath } }).registryPath).toBe(registryPath);
  });
});

describe('a storage', () => {
  const credsSecretRef = { name: 'keys' };
  test('lies in us-east-1 and also takes snapshots unless it says otherwise', () => {
    const spec = { backupStorageProvider: 'aws', backupStorageConfig: { awsBucketName: 'b', credsSecretRef } };
    expect(readMigStorage({ ...like, spec })).toMatchObject({
      bucket: 'b',
      region: 'us-east-1',
      forcePathStyle: false,
      snapshots: { provider: 'aws', credentials: credsSecretRef, region: 'us-east-1' },
    });
  });
  test('takes the path style exactly when an address is given', () => {
    const config = { awsS3Url: 'https://minio:9000', awsS3ForcePathStyle: false };
    expect(readMigStorage({ ...like, spec: { backupStorageProvider: 'aws', backupStorageConfig: config } }).forcePathStyle).toBe(true);
  });
  test('can leave snapshots to somebody else', () => {
    const spec = {
      backupStorageProvider: 'gcp',
      backupStorageConfig: { gcpBucket: 'g', credsSecretRef },
      volumeSnapshotProvider: 'aws',
      volumeSnapshotConfig: { awsRegion: 'eu-west-1', credsSecretRef: { name: 'others' } },
    };
    expect(readMigStorage({ ...like, spec })).toMatchObject({
      bucket: 'g',
      snapshots: { provider: 'aws', region: 'eu-west-1', credentials: { name: 'others' } },
    });
  });
});

test.each([
  [undefined, 1800],
  [60, 60],
])('the Job of a hook with deadline %j may run %j seconds', (activeDeadlineSeconds, seconds) => {
  const spec = { custom: true, image: 'i', targetCluster: 'source', activeDeadlineSeconds };
  expect(readMigHook({ ...like, spec }).activeDeadlineSeconds).toBe(seconds);
});

describe('a direct volume migration', () => {
  test.each([
    [undefined, 20],
    [0, 20],
    [3, 3],
  ])('with backOffLimit %j tries %j times', (backOffLimit, attempts) => {
    expect(readDirectVolumeMigration({ ...like, spec: { backOffLimit } }).attempts).toBe(attempts);
  });
  test('leaves names as they are unless told otherwise', () => {
    const claim = { namespace: 'shop', name: 'db', targetStorageClass: 'fast', targetAccessModes: ['ReadWriteOnce'] };
    expect(readClaimToMigrate(claim)).toMatchObject({
      source: { namespace: 'shop', name: 'db' },
      target: { namespace: 'shop', name: 'db' },
      verify: false,
    });
    expect(readClaimToMigrate({ ...claim, targetName: 'db2', targetNamespace: 'store' }).target).toEqual({
      namespace: 'store',
      name: 'db2',
    });
  });
});

describe('the kinds of Velero', () => {
  test('a backup is kept for thirty days and waits as Velero does', () => {
    expect(readBackupTimes({ ...like, spec: {} })).toEqual({
      ttlSeconds: 2_592_000,
      csiSnapshotTimeoutSeconds: 600,
      itemOperationTimeoutSeconds: 14_400,
    });
  });
  test('a restore leaves what exists alone', () => {
    expect(readRestore({ ...like, spec: { existingResourcePolicy: '' } })).toMatchObject({
      existingResourcePolicy: 'none',
      preserveNodePorts: false,
    });
  });
  test('a location is tested every minute, and never when its period is zero', () => {
    const location = (validationFrequency?: string) =>
      readBackupStorageLocation({
        ...like,
        spec: { provider: 'aws', objectStorage: { bucket: 'b', prefix: '/velero/' }, validationFrequency },
      });
    expect(location()).toMatchObject({ prefix: 'velero', readOnly: false, syncPeriodSeconds: 60, validationPeriodSeconds: 60 });
    expect(location('0s').validationPeriodSeconds).toBe(0);
  });
});

describe('the parameters of the installation', () => {
  test('have the defaults of upstream when there is none', () => {
    expect(readMigrationController(undefined)).toMatchObject({
      clusterName: 'host',
      limits: { volumes: 100, pods: 100, namespaces: 10 },
      excludedResources: EXCLUDED_RESOURCES,
      disableImageCopy: false,
      resize: { intelligent: true, thresholdPercent: 3, duringTransfer: false },
      transfer: { attempts: 20, bandwidthLimit: undefined, archive: true, delete: true, proxy: '', verifyCertificate: true },
      supplementalGroups: { source: [], target: [] },
    });
  });
  test('may be written as text', () => {
    const spec = { mig_pv_limit: '500', disable_image_copy: 'True', rsync_opt_bwlimit: '1024', mig_namespace_limit: 'many' };
    expect(readMigrationController({ spec })).toMatchObject({
      limits: { volumes: 500, namespaces: 10 },
      disableImageCopy: true,
      transfer: { bandwidthLimit: 1024 },
    });
  });
  test('leave out images and volumes together with their tags and claims', () => {
    const spec = {
      excluded_resources: ['events'],
      additional_excluded_resources: 'secrets',
      disable_image_migration: true,
      disable_pv_migration: true,
    };
    expect(readMigrationController({ spec }).excludedResources).toEqual([
      'events',
      'secrets',
      'imagestreams',
      'imagestreamtags',
      'persistentvolumes',
      'persistentvolumeclaims',
    ]);
  });
  test.each([
    [0, 3],
    [1, 1],
    [100, 100],
    [101, 3],
  ])('a resize threshold of %j counts as %j', (pv_resizing_threshold, percent) => {
    expect(readMigrationController({ spec: { pv_resizing_threshold } }).resize.thresholdPercent).toBe(percent);
  });
  test('groups are whole numbers, and the error names the parameter', () => {
    expect(readMigrationController({ spec: { src_supplemental_groups: ' 5,,7' } }).supplementalGroups.source).toEqual([5, 7]);
    expect(() => readMigrationController({ spec: { target_supplemental_groups: '5,x' } })).toThrow('spec.target_supplemental_groups: "x"');
  });
});
