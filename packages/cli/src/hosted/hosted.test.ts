import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ControlPlaneComponent, EtcdBackupRecord, HCPEtcdBackup, HostedCluster, NodePool } from '@godwit/api';
import { aHostedCluster, aNodePool } from '@godwit/testkit';
import { describe, expect, test } from 'vitest';
import { hostedLines, nodePoolLines } from '../printers/describe-hosted.ts';
import { hostedStatusLines } from '../printers/hosted-status.ts';
import { backupRequest, backupView, credentialsSecret } from './etcd-backup.ts';
import { clusterView } from './follow-cluster.ts';
import { isPaused, pauseWords } from './paused.ts';
import type { HostedStatus } from './status.ts';
import { storeRequest } from './store-request.ts';
import { futureUntilOf } from './until.ts';

const now = new Date('2030-01-01T12:00:00Z');

const condition = (type: string, status: 'True' | 'False', reason = 'AsExpected', message = 'All is well') => ({
  type,
  status,
  reason,
  message,
  lastTransitionTime: '2030-01-01T10:00:00Z',
});

const component = (name: string, ready: boolean): ControlPlaneComponent => ({
  apiVersion: 'hypershift.openshift.io/v1beta1',
  kind: 'ControlPlaneComponent',
  metadata: { name },
  spec: {},
  status: {
    version: '4.21.0',
    conditions: ready
      ? [condition('Available', 'True'), condition('RolloutComplete', 'True')]
      : [condition('Available', 'False', 'WaitingForDependencies', 'waiting for etcd 4.21.0')],
  },
});

const history = (state: 'Completed' | 'Partial', version: string) => ({ state, version, image: 'r', startedTime: '2030-01-01T00:00:00Z' });

const cluster = (changes: Partial<HostedCluster> = {}): HostedCluster => ({
  ...aHostedCluster({
    etcd: { managementType: 'Managed', managed: { storage: { type: 'PersistentVolume', persistentVolume: { size: '8Gi' } } } },
    secretEncryption: { type: 'aescbc', aescbc: { activeKey: { name: 'demo-etcd-encryption-key' } } },
  }),
  status: {
    conditions: [condition('Available', 'True')],
    version: {
      desired: { image: 'registry.example/release:4.21.1', version: '4.21.1' },
      history: [history('Partial', '4.21.1'), history('Completed', '4.21.0')],
    },
    controlPlaneEndpoint: { host: 'api.demo.example.test', port: 6443 },
  },
  ...changes,
});

describe('a pause', () => {
  test.each<[string | undefined, boolean]>([
    [undefined, false],
    ['true', true],
    ['True', true],
    ['false', false],
    ['2030-01-01T12:00:01Z', true],
    ['2030-01-01T11:59:59Z', false],
    ['2030-01-01T12:00:01banana', false],
  ])('%s: paused is %s', (pausedUntil, paused) => {
    expect(isPaused(aHostedCluster({ pausedUntil }), now)).toBe(paused);
  });

  test('tells since when and by whom, as the server recorded it', () => {
    const object = aHostedCluster({ pausedUntil: 'true' });
    const managedFields = [
      { manager: 'godwit-hosted', time: '2030-01-01T01:00:00Z', fieldsV1: { 'f:status': {} } },
      { manager: 'godwit-cli', time: '2030-01-01T11:00:00Z', fieldsV1: { 'f:spec': { 'f:pausedUntil': {} } } },
    ];
    const written = { ...object, metadata: { ...object.metadata, managedFields } };
    expect(pauseWords(written, now)).toBe('paused until resumed, since 2030-01-01T11:00:00Z, by godwit-cli');
  });

  test('that a backup tool made is told as its annotations say', () => {
    const annotations = { 'oadp.openshift.io/paused-by': 'backup-1', 'oadp.openshift.io/paused-at': '2030-01-01T09:00:00Z' };
    expect(pauseWords(aNodePool({ annotations, pausedUntil: '2031-01-01T00:00:00Z' }), now)).toBe(
      'paused until 2031-01-01T00:00:00Z, since 2030-01-01T09:00:00Z, by backup-1',
    );
  });

  test.each(['2029-12-31T00:00:00Z', 'false', 'tomorrow'])('until %s is refused', (until) => {
    expect(() => futureUntilOf('--until', until, now)).toThrow(`invalid pausedUntil value: --until ${until}`);
  });
});

describe('the status of a hosted cluster', () => {
  const status: HostedStatus = {
    cluster: cluster(),
    components: [component('etcd', true), component('kube-apiserver', false)],
    pools: [
      {
        ...aNodePool({ replicas: 2, pausedUntil: 'true' }),
        status: { replicas: 1, version: '4.21.0', conditions: [condition('UpdatingConfig', 'True')] },
      },
    ],
    leaked: ['MachineDeployment demo'],
    backup: {
      spec: { taken: '2030-01-01T09:00:00Z', size: 4_194_304, revision: '77', location: { bucket: 'b', key: 'demo/1.db' } },
    } as EtcdBackupRecord,
  };

  test('has three blocks', () => {
    expect(hostedStatusLines(status, now, 'godwit hosted resume demo')).toEqual([
      '= Control plane =',
      'Available: True for 2h',
      'Version:   4.21.0, on the way to 4.21.1  registry.example/release:4.21.1',
      'COMPONENT        VERSION   AVAILABLE   ROLLOUT   MESSAGE',
      'etcd             4.21.0    True        True      <none>',
      'kube-apiserver   4.21.0    False       Unknown   waiting for etcd 4.21.0',
      '',
      '= Node pools =',
      'NAME   DESIRED   CURRENT   VERSION   UPDATING   PAUSED   MESSAGE',
      'demo   2         1         4.21.0    Config     true     <none>',
      '',
      '= Health =',
      'Paused:    NodePool demo: paused until resumed',
      '           resume with: godwit hosted resume demo',
      'Leaked:    MachineDeployment demo is still paused though its owner is not; godwit hosted resume demo',
      'Backup:    3h ago, 4 MiB, revision 77, s3://b/demo/1.db',
    ]);
  });

  test('says what is missing', () => {
    const bare: HostedStatus = { cluster: aHostedCluster(), components: [], pools: [], leaked: [], backup: undefined };
    const lines = hostedStatusLines(bare, now, 'x').join('\n');
    expect(lines).toContain('Available: Unknown (NotJudged: no operator has looked at it)');
    expect(lines).toContain('no components yet');
    expect(lines).toContain('no node pools: a control plane without nodes');
    expect(lines).toContain('Paused:    nothing\nBackup:    none of this etcd');
  });
});

test('a description names the key of the encryption, and never holds one', () => {
  const text = hostedLines(cluster(), now).join('\n');
  expect(text).toMatch(/Encryption of Secrets: +aescbc, key in Secret demo-etcd-encryption-key/);
  expect(text).toMatch(/API: +https:\/\/api\.demo\.example\.test:6443/);
  expect(text).toMatch(/APIServer +LoadBalancer +apiserver\.demo\.example\.test/);
  expect(text).toMatch(/Available +True +AsExpected +All is well/);
});

test('a pool is described with the versions of its nodes', () => {
  const nodeVersions = [{ ocpVersion: '4.21.0', kubeletVersion: 'v1.34.3', readyNodeCount: 2 }];
  const pool: NodePool = { ...aNodePool({ autoScaling: { min: 1, max: 4 } }), status: { nodesInfo: { nodeVersions } } };
  const text = nodePoolLines(pool, now).join('\n');
  expect(text).toMatch(/Desired: +from 1 to 4 by load/);
  expect(text).toMatch(/4\.21\.0 +v1\.34\.3 +2 +0/);
});

describe('a hosted cluster that comes up', () => {
  const coming = { cluster: aHostedCluster(), components: [component('etcd', true), component('kube-apiserver', false)] };
  test('is shown with what each component waits for', () => {
    expect(clusterView.lines(coming, now)).toEqual([
      '1 of 2 components; waiting for the operator  (0s)',
      '      ✓ etcd',
      '      · kube-apiserver  waiting for etcd 4.21.0',
    ]);
  });
  test('is told by what is new', () => {
    const next = { ...coming, components: [component('etcd', true), component('kube-apiserver', true)] };
    expect(clusterView.news(coming, next)).toEqual(['kube-apiserver is ready', '2 of 2 components; waiting for the operator']);
    expect(clusterView.news(next, next)).toEqual([]);
  });
  test('tells bad input once', () => {
    const fault = { conditions: [condition('ValidConfiguration', 'False', 'InvalidConfiguration', 'networks overlap')] };
    const bad = { ...coming, cluster: { ...coming.cluster, status: fault } };
    expect(clusterView.news(coming, bad)).toContain('ValidConfiguration: InvalidConfiguration: networks overlap');
    expect(clusterView.news(bad, bad)).toEqual([]);
  });
});

const folder = mkdtempSync(join(tmpdir(), 'godwit-hosted-'));
const credentials = join(folder, 'credentials');
writeFileSync(
  credentials,
  '[default]\naws_access_key_id = AK\naws_secret_access_key = SK\n[other]\naws_access_key_id = AK2\naws_secret_access_key = SK2\n',
);

describe('a bucket', () => {
  test('elsewhere than on AWS is named in the path', () => {
    const store = storeRequest({ bucket: 'b', endpoint: 'https://minio:9000', credentials, ca: credentials }, {});
    expect(store).toMatchObject({ bucket: 'b', region: 'us-east-1', prefix: '', endpoint: 'https://minio:9000', forcePathStyle: true });
    expect(storeRequest({ bucket: 'b', credentials }, { AWS_REGION: 'eu-west-1' })).toMatchObject({
      region: 'eu-west-1',
      forcePathStyle: false,
    });
  });
  test('gets one profile only, under the name that the operator reads', () => {
    expect(storeRequest({ bucket: 'b', credentials }, { AWS_PROFILE: 'other' }).credentials).toBe(
      '[default]\naws_access_key_id = AK2\naws_secret_access_key = SK2\n',
    );
    const environment = { AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'S', AWS_SESSION_TOKEN: 'T' };
    expect(storeRequest({ bucket: 'b' }, environment).credentials).toContain('aws_session_token = T');
  });
  test.each<[string, Parameters<typeof storeRequest>[0], string]>([
    ['without a name', { credentials }, '--bucket is missing'],
    ['without keys', { bucket: 'b' }, 'the bucket needs keys'],
    ['with an address that is none', { bucket: 'b', credentials, endpoint: 'minio:9000' }, '--endpoint minio:9000 is no address'],
    ['with a file of keys that is missing', { bucket: 'b', credentials: '/nowhere' }, '--credentials /nowhere cannot be read'],
    ['with a file that holds none', { bucket: 'b', credentials: new URL(import.meta.url).pathname }, 'holds no keys'],
  ])('%s is refused', (_title, options, what) => {
    expect(() => storeRequest(options, {})).toThrow(what);
  });
});

describe('a snapshot of etcd', () => {
  const store = storeRequest({ bucket: 'backups', endpoint: 'https://minio:9000', credentials }, {});
  test('is asked for beside the control plane, below the name of its cluster', () => {
    expect(backupRequest(cluster(), store, { secret: 's', now })).toMatchObject({
      metadata: { namespace: 'clusters-demo', generateName: 'demo-20300101-120000-' },
      spec: {
        storage: { storageType: 'S3', s3: { bucket: 'backups', region: 'us-east-1', keyPrefix: 'demo', credentials: { name: 's' } } },
      },
    });
  });
  test('has its credentials in a Secret that also says where the store is', () => {
    const { metadata, data } = credentialsSecret('hypershift', 'demo.one', store);
    expect(metadata).toEqual({ namespace: 'hypershift', name: 'etcd-backup-demo-one' });
    expect(Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value ?? '', 'base64').toString()]))).toEqual({
      credentials: store.credentials,
      region: 'us-east-1',
      endpoint: 'https://minio:9000',
      'force-path-style': 'true',
    });
  });
  test('is told when its condition changes', () => {
    const at = (reason: string): HCPEtcdBackup =>
      ({ status: { conditions: [condition('BackupCompleted', 'False', reason, 'why')] } }) as unknown as HCPEtcdBackup;
    expect(backupView.news(undefined, at('BackupInProgress'))).toEqual(['BackupInProgress: why']);
    expect(backupView.news(at('BackupInProgress'), at('BackupInProgress'))).toEqual([]);
    expect(backupView.news(at('BackupInProgress'), at('BackupFailed'))).toEqual(['BackupFailed: why']);
  });
});
