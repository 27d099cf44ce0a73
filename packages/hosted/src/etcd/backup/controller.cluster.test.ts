import { EtcdBackupRecord, HCPEtcdBackup, HostedCluster } from '@godwit/api';
import { startObjectStore } from '@godwit/devcluster';
import { openStore, type StoreAccess } from '@godwit/objectstore';
import { aHostedCluster, eventually, freshNamespace, run, testCluster } from '@godwit/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aBackup, accessTo, backupWorld, makeCredentials, makePlane, setReady } from '../../../test/backup-room.ts';
import { type EtcdHere, runningEtcd } from '../../../test/etcd-here.ts';
import { readBack } from '../upload/read-back.ts';
import { etcdBackupController } from './controller.ts';

const client = testCluster();
const operator = await freshNamespace();
const minio = await startObjectStore({ name: 'etcdbackup' });
afterAll(() => minio.stop());

let here: EtcdHere;
beforeAll(async () => {
  here = await runningEtcd(1);
  await here.ctl('put', '/registry/leases/ns/x', 'y');
  await makeCredentials(client, operator, minio);
});
afterAll(() => here?.remove());

const running = () => run(() => [etcdBackupController({ ...backupWorld(client, operator), etcdIn: () => here.etcd })]);

const conditionOf = async (namespace: string, name: string) =>
  (await client.get(HCPEtcdBackup, { namespace, name }))?.status?.conditions?.find(({ type }) => type === 'BackupCompleted');

test('T69 G-H20 a backup ends with its URL, the record of the snapshot, and the URL at the hosted cluster', async () => {
  const [clusters, namespace] = [await freshNamespace(), await freshNamespace()];
  const hostedCluster = await client.create(HostedCluster, aHostedCluster({ namespace: clusters }));
  await makePlane(client, namespace, `${clusters}/demo`, 1);
  await using _running = running();
  await client.create(HCPEtcdBackup, aBackup(namespace, 'one', minio.bucket));
  await eventually(() => conditionOf(namespace, 'one'), { seconds: 50 }).toMatchObject({ status: 'True', reason: 'BackupSucceeded' });
  const backup = await client.get(HCPEtcdBackup, { namespace, name: 'one' });
  const record = await client.get(EtcdBackupRecord, { namespace, name: 'one' });
  expect(backup?.status?.snapshotURL).toBe(`s3://${minio.bucket}/${record?.spec.location.key}`);
  expect(record).toMatchObject({
    metadata: { ownerReferences: [{ kind: 'HCPEtcdBackup', uid: backup?.metadata.uid }] },
    spec: {
      revision: '2',
      keyCount: 1,
      members: ['etcd-0'],
      hostedCluster: { namespace: clusters, name: 'demo', uid: hostedCluster.metadata.uid, infraID: 'demo-x1' },
    },
  });
  expect((await client.get(HostedCluster, { namespace: clusters, name: 'demo' }))?.status?.lastSuccessfulEtcdBackupURL).toBe(
    backup?.status?.snapshotURL,
  );
  const spec = record?.spec;
  const recorded = { bytes: spec?.size ?? 0, sha256: spec?.sha256 ?? '' };
  expect(await readBack(openStore(accessTo(minio)), spec?.location.key ?? '', recorded)).toMatchObject({ ok: true });
});

test.each([
  [
    'without its credentials',
    (namespace: string) => aBackup(namespace, 'b', minio.bucket, 'absent'),
    'BackupFailed',
    /CredentialsUnusable: .*absent/,
  ],
  [
    'into a bucket that is not there',
    (namespace: string) => aBackup(namespace, 'b', 'absent-bucket'),
    'BackupFailed',
    /UploadFailed: .*absent-bucket/,
  ],
  [
    'into a store that is not supported',
    (namespace: string): HCPEtcdBackup => ({
      ...aBackup(namespace, 'b', minio.bucket),
      spec: {
        storage: {
          storageType: 'AzureBlob',
          azureBlob: { container: 'backups', storageAccount: 'account', keyPrefix: 'p', credentials: { name: 'store' } },
        },
      },
    }),
    'BackupFailed',
    /AzureBlob is not supported/,
  ],
])('T69 a backup %s fails by name', async (_title, make, reason, message) => {
  const namespace = await freshNamespace();
  await makePlane(client, namespace, 'clusters/gone', 1);
  await using _running = running();
  await client.create(HCPEtcdBackup, make(namespace));
  await eventually(() => conditionOf(namespace, 'b'), { seconds: 50 }).toMatchObject({
    status: 'False',
    reason,
    message: expect.stringMatching(message),
  });
});

test('T69 a backup goes on when its store, which was away, is back', async () => {
  const namespace = await freshNamespace();
  await makePlane(client, namespace, 'clusters/gone', 1);
  const [store, nowhere] = [{ away: true }, { endpoint: 'https://127.0.0.1:1' }];
  const openOrAway = (access: StoreAccess) => openStore(store.away ? { ...access, ...nowhere } : access);
  await using _running = run(() => [
    etcdBackupController({ ...backupWorld(client, operator), openStore: openOrAway, etcdIn: () => here.etcd }),
  ]);
  await client.create(HCPEtcdBackup, aBackup(namespace, 'b', minio.bucket));
  await eventually(() => conditionOf(namespace, 'b'), { seconds: 50 }).toMatchObject({
    status: 'False',
    reason: 'BackupInProgress',
    message: expect.stringMatching(/^StoreUnavailable: The object store is away or busy/),
  });
  store.away = false;
  await eventually(() => conditionOf(namespace, 'b'), { seconds: 50 }).toMatchObject({ status: 'True', reason: 'BackupSucceeded' });
});

test('T69 a backup waits while etcd is not ready, and refuses another one beside it meanwhile', async () => {
  const namespace = await freshNamespace();
  await makePlane(client, namespace, 'clusters/gone', 0);
  await using _running = running();
  await client.create(HCPEtcdBackup, aBackup(namespace, 'a', minio.bucket));
  await eventually(() => conditionOf(namespace, 'a')).toMatchObject({ status: 'False', reason: 'EtcdUnhealthy' });
  await client.create(HCPEtcdBackup, aBackup(namespace, 'b', minio.bucket));
  await eventually(() => conditionOf(namespace, 'b')).toMatchObject({ status: 'False', reason: 'BackupRejected' });
  await setReady(client, namespace, 1);
  await eventually(() => conditionOf(namespace, 'a'), { seconds: 50 }).toMatchObject({ status: 'True', reason: 'BackupSucceeded' });
});
