import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Lease, MigCluster, MigMigration, MigPlan, MigStorage, Namespace } from '@godwit/api';
import { clusterPair } from '@godwit/testkit';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';

const program = fileURLToPath(new URL('../bin/godwit', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'godwit-cli-'));
const { host, source, controlPlanes } = await clusterPair();
const namespace = 'openshift-migration';

type Entry = { name: string; [key: string]: unknown };
type Kubeconfig = { clusters: Entry[]; users: Entry[]; contexts: Entry[] };

const { parse } = await import('yaml');
const read = (path: string): Kubeconfig => parse(readFileSync(path, 'utf8')) as Kubeconfig;

const clusterOf = (config: Kubeconfig) => config.clusters[0]?.['cluster'] as Record<string, unknown>;
const userOf = (config: Kubeconfig) => config.users[0]?.['user'] as Record<string, unknown>;

/** One kubeconfig with a context for every sort of trouble. */
const kubeconfig = (() => {
  const [beta, alpha] = [read(controlPlanes.host.kubeconfigPath), read(controlPlanes.source.kubeconfigPath)];
  const entries: Record<string, { cluster: object; user: object }> = {
    beta: { cluster: clusterOf(beta), user: userOf(beta) },
    alpha: { cluster: clusterOf(alpha), user: userOf(alpha) },
    'alpha-again': { cluster: clusterOf(alpha), user: userOf(alpha) },
    'wrong-ca': {
      cluster: { ...clusterOf(alpha), 'certificate-authority-data': clusterOf(beta)['certificate-authority-data'] },
      user: userOf(alpha),
    },
    unreachable: { cluster: { ...clusterOf(alpha), server: 'https://127.0.0.1:1' }, user: userOf(alpha) },
    'unknown-host': { cluster: { ...clusterOf(alpha), server: 'https://no-such-host.invalid:6443' }, user: userOf(alpha) },
    expired: { cluster: clusterOf(alpha), user: { token: 'no-longer-valid' } },
    powerless: { cluster: clusterOf(alpha), user: { ...userOf(alpha), as: 'nobody' } },
  };
  const path = join(folder, 'kubeconfig');
  const list = Object.entries(entries);
  writeFileSync(
    path,
    stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'beta',
      clusters: list.map(([name, { cluster }]) => ({ name, cluster })),
      users: list.map(([name, { user }]) => ({ name, user })),
      contexts: list.map(([name]) => ({ name, context: { cluster: name, user: name } })),
    }),
  );
  return path;
})();

/** Runs the binary as a user would, without a terminal. */
const godwit = async (line: string, env: Record<string, string> = {}) => {
  const { exitCode, stdout, stderr } = await execa(program, line.split(' ').filter(Boolean), {
    env: { KUBECONFIG: kubeconfig, XDG_STATE_HOME: folder, XDG_DATA_HOME: folder, ...env },
    reject: false,
    stdin: 'ignore',
  });
  return { exitCode, stdout, stderr, error: stderr.split('\n').findLast((each) => each.startsWith('error:')) ?? '' };
};

const meta = (name: string) => ({ namespace, name });
const migration = { apiVersion: 'migration.openshift.io/v1alpha1' };

const condition = (type: string, category: 'Advisory' | 'Critical' | 'Warn' | 'Required' = 'Advisory', message = '') => ({
  type,
  status: 'True' as const,
  category,
  message,
  lastTransitionTime: '2030-01-01T00:00:00Z',
});

const aRun = async (name: string, plan: string, status: NonNullable<MigMigration['status']>, spec: Partial<MigMigration['spec']> = {}) => {
  await host.create(MigMigration, {
    ...migration,
    kind: 'MigMigration',
    metadata: meta(name),
    spec: { stage: false, migPlanRef: meta(plan), ...spec },
  });
  await host.patch(MigMigration, meta(name), { status }, { subresource: 'status' });
};

const aPlan = async (name: string, conditions: ReturnType<typeof condition>[]) => {
  await host.create(MigPlan, {
    ...migration,
    kind: 'MigPlan',
    metadata: meta(name),
    spec: { namespaces: ['shop'], srcMigClusterRef: meta('alpha'), destMigClusterRef: meta('host'), migStorageRef: meta('folder') },
  });
  await host.patch(MigPlan, meta(name), { status: { conditions } }, { subresource: 'status' });
};

/** Says that an operator runs, which in truth never does anything. */
const anOperator = async (secondsAgo = 0) => {
  const spec = {
    holderIdentity: 'operator-1',
    leaseDurationSeconds: 15,
    renewTime: new Date(Date.now() - secondsAgo * 1000).toISOString().replace('Z', '000Z'),
  };
  await host.apply(
    Lease,
    { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: meta('godwit-operator'), spec },
    { fieldManager: 'test', force: true },
  );
};

beforeAll(async () => {
  await Promise.all([
    ...[host, source].map((client) => client.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })),
    ...[host, source].map((client) =>
      client.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-system' } }).catch(() => undefined),
    ),
    source.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }),
  ]);
  await host.create(MigCluster, { ...migration, kind: 'MigCluster', metadata: meta('host'), spec: { isHostCluster: true } });
  await host.create(MigStorage, {
    ...migration,
    kind: 'MigStorage',
    metadata: meta('folder'),
    spec: { backupStorageProvider: 'godwit.io/filesystem', backupStorageConfig: { path: '/tmp/x' } },
  });
  await aPlan('good', [condition('Ready', 'Required')]);
  await aPlan('bad', [condition('InvalidSourceClusterRef', 'Critical', 'The source is not there.')]);
  await aPlan('moved', [condition('Ready', 'Required')]);
  await aPlan('busy', [condition('Ready', 'Required')]);
  const ended = { phase: 'Completed', startTimestamp: '2030-01-01T00:00:00Z' };
  await aRun('moved-1', 'moved', { ...ended, conditions: [condition('Succeeded')] });
  await aRun('failed-1', 'failed', { ...ended, conditions: [condition('Failed')], errors: ['the disk is full'] });
  await aRun('warned-1', 'warned', {
    ...ended,
    conditions: [condition('SucceededWithWarnings'), condition('UnhealthyNamespaces', 'Warn', 'shop/web')],
  });
  await aRun('busy-1', 'busy', { phase: 'Started', itinerary: 'Final' });
}, 120_000);

describe('bad input: one line, the reason, the next step, and nothing is changed', () => {
  test.each([
    ['the kubeconfig is missing', 'migrate shop --source alpha --target beta --kubeconfig /nowhere', 1, 'KubeconfigUnusable'],
    ['the source context is unknown', 'migrate shop --source nope --target beta', 1, 'ContextUnknown'],
    ['the target context is unknown', 'migrate shop --source alpha --target nope', 1, 'ContextUnknown'],
    ['the server does not answer', 'migrate shop --source unreachable --target beta', 1, 'ServerUnreachable'],
    ['the name of the server is unknown', 'migrate shop --source unknown-host --target beta', 1, 'ServerUnreachable'],
    ['nobody vouches for the certificate', 'migrate shop --source wrong-ca --target beta', 1, 'CertificateNotTrusted'],
    ['the token has expired', 'migrate shop --source expired --target beta', 1, 'Unauthorized'],
    ['source and target are one cluster', 'migrate shop --source alpha --target alpha-again', 6, 'SameCluster'],
    ['the namespace is missing', 'migrate nope --source alpha --target beta', 1, 'NamespaceMissing'],
    ['no source is named', 'migrate shop --target beta', 2, 'Usage'],
    ['no namespace is named', 'migrate --source alpha --target beta', 2, 'Usage'],
    ['a namespace cannot be one', 'migrate Shop! --source alpha --target beta', 2, 'Usage'],
    ['a flag is unknown', 'migrate shop --fast', 2, 'Usage'],
    ['a folder cannot be made', 'repo add r --repository /dev/null/r', 1, 'FolderUnusable'],
    ['a repository is named nowhere', 'repo add r', 2, 'Usage'],
    ['no context of a cluster is named', 'cluster add r', 2, 'Usage'],
    ['a bucket has no keys', 'migrate shop --source alpha --target beta --repository s3://b', 2, 'Usage'],
  ])('%s', async (_title, line, exitCode, reason) => {
    const result = await godwit(line, { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' });
    expect(result).toMatchObject({ exitCode, stdout: '' });
    expect(result.error).toContain(`(${reason})`);
    expect(result.error).toMatch(/; try: .+/);
  });

  test('an unknown context is answered with the known ones', async () => {
    expect((await godwit('migrate shop --source nope --target beta')).error).toContain('alpha, alpha-again, beta');
  });

  test('missing rights are listed', async () => {
    const { exitCode, error } = await godwit('migrate shop --source powerless --target beta');
    expect(exitCode).toBe(1);
    expect(error).toMatch(/RightsMissing|Forbidden/);
  });

  test('none of them has left a plan or a cluster', async () => {
    const [plans, clusters] = await Promise.all([host.list(MigPlan), host.list(MigCluster)]);
    expect(plans.items.map(({ metadata }) => metadata.name).sort()).toEqual(['bad', 'busy', 'good', 'moved']);
    expect(clusters.items.map(({ metadata }) => metadata.name)).toEqual(['host']);
  });
});

describe('exit codes equal the outcome', () => {
  test('0 when something is shown', async () => {
    expect(await godwit('plan get good -o name')).toMatchObject({ exitCode: 0, stdout: 'plan/good' });
  });
  test('1 when an object is missing', async () => {
    expect(await godwit('run describe nope')).toMatchObject({ exitCode: 1, error: expect.stringContaining('(NotFound)') });
  });
  test('2 for an unknown command', async () => {
    expect((await godwit('plan fly')).exitCode).toBe(2);
  });
  test('3 when the run has failed', async () => {
    const { exitCode, stdout } = await godwit('run attach failed-1 --timeout 20s');
    expect(exitCode).toBe(3);
    expect(stdout).toContain('error: the disk is full');
  });
  test('4 when the run has succeeded with warnings', async () => {
    const { exitCode, stdout } = await godwit('run attach warned-1 --timeout 20s');
    expect(exitCode).toBe(4);
    expect(stdout).toContain('warning: UnhealthyNamespaces: shop/web');
  });
  test('5 when waiting timed out', async () => {
    await anOperator();
    const { exitCode, stderr } = await godwit('run attach busy-1 --timeout 1s');
    expect(exitCode).toBe(5);
    expect(stderr).toContain('still running, stopped watching');
  });
  test('130 when the user interrupts, with the way back', async () => {
    await anOperator();
    const process = execa(program, ['run', 'attach', 'busy-1'], {
      env: { KUBECONFIG: kubeconfig, XDG_STATE_HOME: folder },
      reject: false,
      stdin: 'ignore',
    });
    for await (const line of process.iterable({ from: 'stderr' })) if (line.includes('[1/1]')) process.kill('SIGINT');
    const { exitCode, stderr } = await process;
    expect(exitCode).toBe(130);
    expect(stderr).toContain('come back with');
  });
});

describe('guards refuse with exit code 6 and the next step', () => {
  test.each([
    ['a plan that is not ready', 'run cutover bad --wait', 'InvalidSourceClusterRef'],
    ['a plan with a run under way', 'run cutover busy --wait', 'NotAllowedNow'],
    ['a cutover after a cutover', 'run cutover moved --wait', 'NotAllowedNow'],
    ['a rollback of nothing', 'run rollback good --wait', 'NotAllowedNow'],
    ['canceling what is over', 'run cancel moved-1 --wait', 'NotAllowedNow'],
  ])('%s', async (_title, line, reason) => {
    expect(await godwit(line)).toMatchObject({ exitCode: 6, error: expect.stringContaining(`(${reason})`) });
  });

  test('a request that no operator would work on', async () => {
    await anOperator(3600);
    expect(await godwit('run cutover good')).toMatchObject({ exitCode: 6, error: expect.stringContaining('godwit operator run') });
  });

  test('the next step looks at the cluster and the namespace that were asked about', async () => {
    const { error } = await godwit('run get nope --context beta -n openshift-migration');
    expect(error).toContain('godwit run get --context beta --namespace openshift-migration');
  });

  test('with an operator the request is accepted and printed', async () => {
    await anOperator();
    expect(await godwit('run stage good')).toMatchObject({ exitCode: 0, stdout: 'run/good-1 created' });
    expect(await host.get(MigMigration, meta('good-1'))).toMatchObject({ spec: { stage: true, migPlanRef: meta('good') } });
  });
});

describe('output', () => {
  test('a table has NAME first and AGE last', async () => {
    const { stdout } = await godwit('plan get');
    expect(stdout.split('\n')[0]).toMatch(/^NAME +READY +SOURCE +TARGET +REPO +AGE$/);
  });
  test('verb and noun may be swapped, plural or by the name of the kind', async () => {
    const expected = await godwit('plan get good -o json');
    for (const line of ['get plan good -o json', 'get migplans good -o json', 'list plan/good -o json'])
      expect(await godwit(line)).toEqual(expected);
  });
  test('JSON of one object is the object, of several a list', async () => {
    expect(JSON.parse((await godwit('plan get good -o json')).stdout)).toMatchObject({ kind: 'MigPlan', metadata: { name: 'good' } });
    expect(JSON.parse((await godwit('plan get -o json')).stdout)).toMatchObject({ kind: 'List' });
  });
  test('jsonpath, CSV and tables without headers', async () => {
    expect((await godwit('run get moved-1 -o jsonpath={.status.phase}')).stdout).toBe('Completed');
    expect((await godwit('run get moved-1 -o csv')).stdout.split('\n')[0]).toBe('NAME,PLAN,TYPE,STATE,PHASE,TOOK,AGE');
    expect((await godwit('run get moved-1 --no-headers')).stdout).toMatch(/^moved-1 +moved +Cutover +Succeeded +Completed/);
  });
  test('a command whose output nobody reads ends as it would have, without a stack trace', async () => {
    const child = execa(program, ['plan', 'get', '-o', 'yaml'], {
      env: { KUBECONFIG: kubeconfig },
      reject: false,
      buffer: { stdout: false },
    });
    child.stdout.destroy();
    expect(await child).toMatchObject({ exitCode: 0, stderr: '' });
  });
  test('an unknown format is a usage error', async () => {
    expect((await godwit('plan get -o xml')).exitCode).toBe(2);
  });
});

test('version tells who runs the controllers', async () => {
  await anOperator();
  expect(JSON.parse((await godwit('version -o json')).stdout)).toMatchObject({ server: 'v1.34.3', controllers: 'operator-1' });
});

test('a dry run shows objects and phases and changes nothing', async () => {
  const { exitCode, stdout } = await godwit('migrate shop --source alpha --target beta --dry-run');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('apply MigPlan openshift-migration/alpha-beta-shop on beta');
  expect(stdout).toMatch(/^QuiesceSourceApplications /m);
  expect(await host.get(MigPlan, meta('alpha-beta-shop'))).toBeUndefined();
});
