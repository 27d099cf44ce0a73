import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ControlPlaneComponent, EtcdBackupRecord, HCPEtcdBackup, HostedCluster, HostedControlPlane, NodePool, Secret } from '@godwit/api';
import { aHostedCluster, aNodePool, eventually } from '@godwit/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { folder, hostedPair, inClusters, settled, withStatus } from './hosted.fixture.ts';

const { alpha, credentials, godwit } = await hostedPair();
const pullSecret = join(folder, 'pull.json');
writeFileSync(pullSecret, '{"auths": {"registry.example": {"auth": "c2VjcmV0"}}}');

const pausesOf = async (): Promise<(string | undefined)[]> => [
  (await alpha.get(HostedCluster, inClusters('demo')))?.spec.pausedUntil,
  ...(await Promise.all(
    ['demo-a', 'demo-b', 'other'].map(async (name) => (await alpha.get(NodePool, inClusters(name)))?.spec.pausedUntil),
  )),
];

beforeAll(async () => {
  await withStatus(alpha, HostedCluster, aHostedCluster({ name: 'bare' }));
  await withStatus(alpha, HostedCluster, aHostedCluster({ name: 'gone', annotations: { 'godwit.io/fence': 'fence/x/1.json' } }));
  await withStatus(alpha, NodePool, aNodePool({ name: 'demo-a', replicas: 2 }), { replicas: 2, version: '4.21.0' });
  await withStatus(alpha, NodePool, aNodePool({ name: 'demo-b', autoScaling: { min: 1, max: 3 } }));
  await withStatus(alpha, NodePool, aNodePool({ name: 'other', clusterName: 'bare', replicas: 0 }));
  await withStatus(
    alpha,
    ControlPlaneComponent,
    {
      apiVersion: 'hypershift.openshift.io/v1beta1',
      kind: 'ControlPlaneComponent',
      metadata: { namespace: 'clusters-demo', name: 'etcd' },
      spec: {},
    },
    { version: '4.21.0', conditions: [settled('Available', 'True'), settled('RolloutComplete', 'True')] },
  );
  await alpha.create(Secret, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: inClusters('demo-admin-kubeconfig'),
    data: { kubeconfig: Buffer.from('apiVersion: v1\nkind: Config\n').toString('base64') },
  });
}, 120_000);

describe('showing', () => {
  test('a table has NAME first, pauses in sight, and AGE last', async () => {
    const { stdout } = await godwit('hosted get');
    expect(stdout.split('\n')[0]).toMatch(/^NAME +VERSION +PROGRESS +AVAILABLE +PAUSED +AGE$/);
    expect(stdout).toMatch(/^demo +<none> +<none> +True +no /m);
  });
  test('other words for it mean the same', async () => {
    const expected = await godwit('hosted get demo -o json');
    expect(JSON.parse(expected.stdout)).toMatchObject({ kind: 'HostedCluster', metadata: { name: 'demo' } });
    for (const line of ['get hc demo -o json', 'get hostedclusters/demo -o json', 'hc/demo get -o json'])
      expect(await godwit(line)).toEqual(expected);
  });
  test('a description has services and conditions', async () => {
    const { stdout } = await godwit('hosted describe demo');
    expect(stdout).toMatch(/APIServer +LoadBalancer +apiserver\.demo\.example\.test/);
    expect(stdout).toMatch(/Etcd: +3 members, 8Gi/);
  });
  test('the status has three blocks', async () => {
    const { stdout } = await godwit('hosted status demo');
    expect(stdout).toMatch(
      /= Control plane =[\s\S]*etcd +4\.21\.0 +True +True[\s\S]*= Node pools =[\s\S]*demo-a +2 +2 +4\.21\.0[\s\S]*= Health =/,
    );
    expect(JSON.parse((await godwit('hosted status demo -o json')).stdout)).toMatchObject({
      cluster: { kind: 'HostedCluster' },
      leaked: [],
    });
  });
  test('pools are listed, one is described', async () => {
    expect((await godwit('get np')).stdout.split('\n')[0]).toMatch(/^NAME +CLUSTER +DESIRED +CURRENT +VERSION +UPDATING +PAUSED +AGE$/);
    expect((await godwit('nodepool describe demo-b')).stdout).toMatch(/Desired: +from 1 to 3 by load/);
  });
  test('what is missing is told with the way to what is there', async () => {
    const { exitCode, error } = await godwit('hosted describe nope --context beta');
    expect([exitCode, error]).toEqual([1, expect.stringContaining('there is no hosted cluster "nope" (NotFound)')]);
    expect(error).toContain('try: godwit hosted get --context beta');
  });
  test('no events are no failure', async () => {
    expect(await godwit('hosted events demo')).toMatchObject({
      exitCode: 0,
      stdout: '',
      stderr: 'No events found for hosted cluster demo.',
    });
  });
});

describe('the kubeconfig', () => {
  test('goes to a pipe, or to a file that only its owner can read', async () => {
    expect((await godwit('hosted kubeconfig demo')).stdout).toBe('apiVersion: v1\nkind: Config');
    const file = join(folder, 'demo.kubeconfig');
    const { exitCode, stdout } = await godwit(`hosted kubeconfig demo --file ${file}`);
    expect([exitCode, stdout, statSync(file).mode & 0o777]).toEqual([0, '', 0o600]);
    expect(readFileSync(file, 'utf8')).toBe('apiVersion: v1\nkind: Config\n');
    expect(await godwit(`hosted kubeconfig demo --file ${file}`)).toMatchObject({
      exitCode: 6,
      error: expect.stringContaining('(FileExists)'),
    });
    expect((await godwit(`hosted kubeconfig demo --file ${file} --force`)).exitCode).toBe(0);
  });
  test('is not shown on a terminal unless that is wanted', async () => {
    const refused = await godwit('hosted kubeconfig demo', { onScreen: true });
    expect(refused).toMatchObject({ exitCode: 6, stdout: '', error: expect.stringContaining('(SecretOnTerminal)') });
    expect(refused.error).toContain('try: godwit hosted kubeconfig demo --file demo.kubeconfig');
    expect((await godwit('hosted kubeconfig demo --print', { onScreen: true })).exitCode).toBe(0);
  });
  test('that is not there yet is waited for by the user', async () => {
    const file = join(folder, 'bare.kubeconfig');
    const result = await godwit(`hosted kubeconfig bare --file ${file}`);
    expect(result).toMatchObject({ exitCode: 1, error: expect.stringContaining('(KubeconfigWaitingForCreate)') });
    expect(existsSync(file)).toBe(false);
  });
});

describe('pausing', () => {
  test('stops the cluster and its own pools, and resuming lets all of them go on', async () => {
    const { stdout } = await godwit('hosted pause demo');
    expect(stdout.split('\n')).toEqual(['hosted/demo paused', 'nodepool/demo-a paused', 'nodepool/demo-b paused']);
    expect(await pausesOf()).toEqual(['true', 'true', 'true', undefined]);
    expect((await godwit('hosted status demo')).stdout).toMatch(
      /Paused: +HostedCluster demo: paused until resumed, since .*, by godwit-cli/,
    );
    expect((await godwit('hosted resume demo')).stdout).toContain('hosted/demo resumed');
    expect(await pausesOf()).toEqual([undefined, undefined, undefined, undefined]);
  });
  test('until a date ends by itself', async () => {
    await godwit('hosted pause demo --until 2099-01-01T00:00:00Z');
    expect(await pausesOf()).toEqual([...Array(3).fill('2099-01-01T00:00:00Z'), undefined]);
    await godwit('hosted resume demo');
  });
  test('until a date that is over changes nothing', async () => {
    expect((await godwit('hosted pause demo --until 2001-01-01T00:00:00Z')).exitCode).toBe(2);
    expect(await pausesOf()).toEqual([undefined, undefined, undefined, undefined]);
  });
  test('a cluster that has moved away is not resumed', async () => {
    expect(await godwit('hosted resume gone')).toMatchObject({ exitCode: 6, error: expect.stringContaining('(Fenced)') });
  });
  test('what a broken backup left paused is shown as leaked', async () => {
    const { spec } = (await alpha.get(HostedCluster, inClusters('demo'))) as HostedCluster;
    const { release, pausedUntil: _none, monitoring: _kept, ...shared } = spec;
    const plane = {
      apiVersion: 'hypershift.openshift.io/v1beta1',
      kind: 'HostedControlPlane',
      metadata: { namespace: 'clusters-demo', name: 'demo' },
      spec: { ...shared, releaseImage: release.image, pausedUntil: 'true' },
    } as HostedControlPlane;
    await alpha.create(HostedControlPlane, plane);
    expect((await godwit('hosted status demo')).stdout).toContain('Leaked:    HostedControlPlane demo is still paused');
    await alpha.delete(HostedControlPlane, { namespace: 'clusters-demo', name: 'demo' });
  });
});

describe('scaling', () => {
  test('writes the wanted number', async () => {
    expect(await godwit('nodepool scale demo-a --replicas 3')).toMatchObject({ exitCode: 0, stdout: 'nodepool/demo-a scaled from 2 to 3' });
    expect((await alpha.get(NodePool, inClusters('demo-a')))?.spec.replicas).toBe(3);
  });
  test('waits for nodes that are ready', async () => {
    expect(await godwit('nodepool scale demo-a --replicas 4 --wait --timeout 1s')).toMatchObject({ exitCode: 5 });
    const running = godwit('nodepool scale demo-a --replicas 1 --wait');
    await eventually(() => alpha.get(NodePool, inClusters('demo-a'))).toMatchObject({ spec: { replicas: 1 } });
    const nodeVersions = [{ ocpVersion: '4.21.0', kubeletVersion: 'v1.34.3', readyNodeCount: 1 }];
    await alpha.patch(NodePool, inClusters('demo-a'), { status: { replicas: 1, nodesInfo: { nodeVersions } } }, { subresource: 'status' });
    expect(await running).toMatchObject({ exitCode: 0 });
  });
  test.each([
    ['a pool that its load scales', 'nodepool scale demo-b --replicas 3', 6, 'Autoscaled'],
    ['a number that is none', 'nodepool scale demo-a --replicas many', 2, 'Usage'],
    ['no number', 'nodepool scale demo-a', 2, 'Usage'],
    ['a pool that is none', 'nodepool scale nope --replicas 1', 1, 'NotFound'],
  ])('%s is refused', async (_title, line, exitCode, reason) => {
    expect(await godwit(line)).toMatchObject({ exitCode, error: expect.stringContaining(`(${reason})`) });
  });
});

describe('creating', () => {
  const flags = `--release-image registry.example/release:4.21.0 --pull-secret ${pullSecret} --base-domain example.test`;

  test('rendered objects without Secrets say so, and nothing is created', async () => {
    const { exitCode, stdout, stderr } = await godwit(`hosted create made ${flags} --node-pool-replicas 2 --render`);
    expect(exitCode).toBe(0);
    expect(stdout.split('\n---\n')).toHaveLength(3);
    expect(stdout).not.toContain('Secret\n');
    expect(stderr).toContain('Secrets left out: clusters/made-pull-secret, clusters/made-etcd-encryption-key');
    expect(await alpha.get(HostedCluster, inClusters('made'))).toBeUndefined();
  });

  test('rendered objects with Secrets can be created again, once', async () => {
    const rendered = await godwit(`hosted create made ${flags} --node-pool-replicas 2 --pausedUntil true --render-sensitive`);
    const file = join(folder, 'made.yaml');
    writeFileSync(file, rendered.stdout);
    expect(rendered.stderr).toContain('warning: the output holds Secrets in the clear');
    const created = await godwit(`hosted create -f ${file}`);
    expect(created).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('hostedcluster/made created\nnodepool/made created') });
    expect(created.stderr).toContain('is paused, so nothing comes up before it is resumed');
    expect(await alpha.get(HostedCluster, inClusters('made'))).toMatchObject({
      spec: { pausedUntil: 'true', networking: { networkType: 'OVNKubernetes' } },
    });
    expect(await alpha.get(NodePool, inClusters('made'))).toMatchObject({ spec: { pausedUntil: 'true', replicas: 2 } });
    expect(await godwit(`hosted create -f ${file}`)).toMatchObject({
      exitCode: 1,
      error: expect.stringContaining('(AlreadyExists)'),
    });
  });

  test('a key that is there is never replaced', async () => {
    const key = Buffer.alloc(32, 5).toString('base64');
    await alpha.create(Secret, { apiVersion: 'v1', kind: 'Secret', metadata: inClusters('kept-etcd-encryption-key'), data: { key } });
    const { stdout } = await godwit(`hosted create kept ${flags} --no-wait`);
    expect(stdout).toContain('secret/kept-etcd-encryption-key unchanged');
    expect((await alpha.get(Secret, inClusters('kept-etcd-encryption-key')))?.data).toEqual({ key });
  });

  test('it is followed until its API answers', async () => {
    const running = godwit(`hosted create followed ${flags}`);
    await eventually(() => alpha.get(HostedCluster, inClusters('followed'))).toBeDefined();
    const status = { conditions: [settled('Available', 'True')], controlPlaneEndpoint: { host: 'api.followed.example.test', port: 6443 } };
    await alpha.patch(HostedCluster, inClusters('followed'), { status }, { subresource: 'status' });
    const { exitCode, stdout, stderr } = await running;
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('hosted/followed available at https://api.followed.example.test:6443')]);
    expect(stderr).toContain('warning: no operator holds the lease');
  });

  test('what the server refuses is told with its words', async () => {
    const { exitCode, error } = await godwit(`hosted create odd ${flags} --cluster-cidr 172.31.0.0/16`);
    expect([exitCode, error]).toEqual([1, expect.stringContaining('must be unique and non-overlapping')]);
  });
});

describe('a snapshot of etcd', () => {
  const line = `hosted etcd-snapshot demo --bucket backups --endpoint https://minio:9000 --credentials ${credentials}`;
  const asked = async (): Promise<HCPEtcdBackup> => {
    const newest = async () =>
      (await alpha.list(HCPEtcdBackup, { namespace: 'clusters-demo' })).items.find(({ status }) => status?.conditions === undefined);
    return (await eventually(newest).toBeDefined()) as HCPEtcdBackup;
  };
  const end = async ({ metadata: { namespace, name = '' } }: HCPEtcdBackup, reason: string, message: string) => {
    const conditions = [settled('BackupCompleted', reason === 'BackupSucceeded' ? 'True' : 'False', reason, message)];
    await alpha.patch(HCPEtcdBackup, { namespace, name }, { status: { conditions } }, { subresource: 'status' });
  };

  test('is followed to its record', async () => {
    const running = godwit(line);
    const backup = await asked();
    expect(backup.spec.storage.s3).toMatchObject({ bucket: 'backups', keyPrefix: 'demo', credentials: { name: 'etcd-backup-demo' } });
    expect(await alpha.get(Secret, { namespace: 'hypershift', name: 'etcd-backup-demo' })).toBeDefined();
    await alpha.create(EtcdBackupRecord, {
      apiVersion: 'godwit.io/v1alpha1',
      kind: 'EtcdBackupRecord',
      metadata: { namespace: 'clusters-demo', name: backup.metadata.name ?? '' },
      spec: {
        location: { bucket: 'backups', key: 'demo/1.db' },
        size: 4096,
        sha256: 'a'.repeat(64),
        revision: '4711',
        hash: '815',
        keyCount: 12,
        etcdClusterID: 'c',
        members: ['etcd-0'],
        taken: '2030-01-01T10:00:00Z',
        hostedCluster: { namespace: 'clusters', name: 'demo', uid: 'u', infraID: 'i', clusterID: 'c', releaseImage: 'r' },
        keyFingerprint: 'key-881413397',
      },
    });
    await end(backup, 'BackupSucceeded', 'stored');
    const { exitCode, stdout, stderr } = await running;
    expect(exitCode).toBe(0);
    for (const text of ['s3://backups/demo/1.db', '4711', '815', 'a'.repeat(64), 'key-881413397']) expect(stdout).toContain(text);
    expect(`${stdout}${stderr}`).not.toContain('hunter2');
    expect((await godwit('hosted status demo')).stdout).toContain('revision 4711, s3://backups/demo/1.db');
  });

  test('that failed is a goal missed, with the reason', async () => {
    const running = godwit(line);
    await end(await asked(), 'BackupFailed', 'UploadForbidden: the store answered 403');
    expect(await running).toMatchObject({
      exitCode: 3,
      error: expect.stringContaining('(BackupFailed): UploadForbidden: the store answered 403'),
    });
  });

  test('with the objects beside it is refused by name', async () => {
    const { exitCode, error } = await godwit(`hosted backup demo --bucket backups`);
    expect([exitCode, error]).toEqual([6, expect.stringContaining('(NotBuilt)')]);
    expect(error).toContain('try: godwit hosted etcd-snapshot demo --bucket backups');
  });
});
