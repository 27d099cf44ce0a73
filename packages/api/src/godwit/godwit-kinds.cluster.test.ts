import { answerOf, freshNamespace, testCluster } from '@godwit/testkit';
import { beforeAll, expect, test } from 'vitest';
import { LocalMachineTemplate } from '../infrastructure/local-machine.ts';
import { EtcdBackupRecord } from './etcd-backup-record.ts';
import { HostedClusterMigration } from './hosted-cluster-migration.ts';

const client = testCluster();
let namespace = '';

const move = (name: string, change: object = {}): HostedClusterMigration => ({
  apiVersion: 'godwit.io/v1alpha1',
  kind: 'HostedClusterMigration',
  metadata: { namespace, name },
  spec: {
    hostedCluster: { namespace: 'clusters', name: 'demo' },
    source: { kubeconfigSecret: { name: 'alpha' } },
    store: { bucket: 'backups', credentials: { name: 'store' } },
    encryptionKey: { name: 'bundle' },
    ...change,
  } as HostedClusterMigration['spec'],
});

const record = (change: object = {}): EtcdBackupRecord => ({
  apiVersion: 'godwit.io/v1alpha1',
  kind: 'EtcdBackupRecord',
  metadata: { namespace, name: 'demo-1' },
  spec: {
    location: { bucket: 'backups', key: 'demo/1.db' },
    size: 4096,
    sha256: 'a'.repeat(64),
    revision: '9007199254740993',
    hash: '3735928559',
    keyCount: 12,
    etcdClusterID: 'cdf818194e3a8c32',
    members: ['etcd-0'],
    taken: '2030-01-01T10:00:00Z',
    hostedCluster: { namespace: 'clusters', name: 'demo', uid: 'u', infraID: 'demo-x7k2f', clusterID: 'c', releaseImage: 'r' },
    ...change,
  },
});

beforeAll(async () => {
  namespace = await freshNamespace();
  await client.create(HostedClusterMigration, move('stored'));
  await client.create(EtcdBackupRecord, record());
});

test('a move gets its defaults', async () => {
  expect((await client.get(HostedClusterMigration, { namespace, name: 'stored' }))?.spec).toMatchObject({
    mode: 'WithNodes',
    soak: '15m',
    dnsTimeout: '5m',
    paused: false,
    canceled: false,
    rollback: false,
    source: { kubeconfigSecret: { name: 'alpha', key: 'kubeconfig' } },
    store: { region: 'us-east-1', prefix: '', forcePathStyle: false },
  });
});

test.each<[string, object, string]>([
  ['a mode that is none', { mode: 'Nodes' }, 'Unsupported value: "Nodes": supported values: "WithNodes", "ControlPlaneOnly"'],
  ['a soak that is no length of time', { soak: 'long' }, 'spec.soak'],
  ['a soak', { soak: '1m30s' }, 'accepted'],
  ['another name as agreement to tear down', { confirmTeardown: 'other' }, 'confirmTeardown must be the name of the hosted cluster'],
  ['its own name as agreement to tear down', { confirmTeardown: 'demo' }, 'accepted'],
  ['a store without a scheme', { store: { bucket: 'b', endpoint: 'minio:9000', credentials: { name: 'a' } } }, 'spec.store.endpoint'],
])('%s: the API server answers a move as it should', async (_title, change, answer) => {
  expect(await answerOf(client.create(HostedClusterMigration, move('tried', change), { dryRun: true }))).toContain(answer);
});

test.each<[string, object, string]>([
  ['another hosted cluster', { hostedCluster: { name: 'other' } }, 'hostedCluster is immutable'],
  ['another source', { source: { kubeconfigSecret: { name: 'gamma' } } }, 'source is immutable'],
  ['another store', { store: { bucket: 'other' } }, 'store is immutable'],
  ['another mode', { mode: 'ControlPlaneOnly' }, 'mode is immutable'],
  ['a namespace after all', { targetNamespace: 'other' }, 'targetNamespace is immutable'],
  ['a stop', { canceled: true }, 'accepted'],
])('%s: the API server answers a change of a move as it should', async (_title, spec, answer) => {
  expect(await answerOf(client.patch(HostedClusterMigration, { namespace, name: 'stored' }, { spec }))).toContain(answer);
});

test('a record of a backup keeps a revision beyond what numbers hold, and cannot be changed', async () => {
  const name = { namespace, name: 'demo-1' };
  expect((await client.get(EtcdBackupRecord, name))?.spec.revision).toBe('9007199254740993');
  expect(await answerOf(client.patch(EtcdBackupRecord, name, { spec: { size: 1 } }))).toContain('EtcdBackupRecord spec is immutable');
  const status = { lastVerified: '2030-01-01T11:00:00Z', verifications: 1 };
  expect(await client.patch(EtcdBackupRecord, name, { status }, { subresource: 'status' })).toMatchObject({ status });
});

test('what local machines are made like cannot be changed', async () => {
  const name = { namespace, name: 'workers' };
  const template = { spec: {} };
  const { apiVersion, kind } = { apiVersion: 'infrastructure.godwit.io/v1alpha1', kind: 'LocalMachineTemplate' };
  await client.create(LocalMachineTemplate, { apiVersion, kind, metadata: name, spec: { template } });
  const change = { spec: { template: { metadata: { labels: { a: 'b' } } } } };
  expect(await answerOf(client.patch(LocalMachineTemplate, name, change))).toContain('LocalMachineTemplate spec.template is immutable');
});
