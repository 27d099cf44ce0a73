import { HostedClusterMigration, MigMigration, NodePool, Secret } from '@godwit/api';
import { aMigMigration, aNodePool, eventually } from '@godwit/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { hostedPair, inClusters, settled, withStatus } from './hosted.fixture.ts';

const { alpha, beta, credentials, godwit } = await hostedPair();

beforeAll(() => withStatus(alpha, NodePool, aNodePool({ name: 'demo-a', replicas: 2 }), { replicas: 2 }));

describe('a move', () => {
  const line = `hosted move demo --mgmt-target beta --bucket moves --endpoint https://minio:9000 --credentials ${credentials}`;
  const at = (name: string) => ({ namespace: 'hypershift', name });
  const time = '2030-01-01T00:00:00Z';
  const began = { startTimestamp: time, itinerary: 'Move', phase: 'Preflight' };
  const done = (name: string) => ({ name, step: name, started: time, completed: time, message: 'done' });
  const tell = (name: string, status: object) => beta.patch(HostedClusterMigration, at(name), { status }, { subresource: 'status' });
  const appeared = (name: string) => eventually(() => beta.get(HostedClusterMigration, at(name))).toBeDefined();
  const leftOf = async (prefix: string) =>
    (await beta.list(Secret, { namespace: 'hypershift' })).items.flatMap(({ metadata }) =>
      metadata.name?.startsWith(prefix) ? [metadata.name] : [],
    );

  test.each([
    ['a move onto the same cluster', `${line} --context alpha-again --mgmt-target alpha`, 6, 'SameCluster'],
    ['a source that needs a program of this machine', `${line} --context by-program`, 6, 'KubeconfigNotSelfContained'],
    ['a cluster that is not there', line.replace('demo', 'nope'), 1, 'NotFound'],
    ['a target that is no context', line.replace('beta', 'nope'), 1, 'ContextUnknown'],
    ['a move that nobody confirms', line, 6, 'ConfirmationMissing'],
    ['a wrong name for the teardown', `${line} --confirm-teardown dem`, 6, 'ConfirmationMissing'],
    ['a bucket without a name', line.replace('--bucket moves', ''), 2, 'Usage'],
  ])('%s is refused, and nothing is made', async (_title, given, exitCode, reason) => {
    expect(await godwit(given)).toMatchObject({ exitCode, stdout: '', error: expect.stringContaining(`(${reason})`) });
    expect((await beta.list(HostedClusterMigration)).items).toEqual([]);
    expect(await leftOf('demo-')).toEqual([]);
  });

  test('a rehearsal reports what the preflight found, and leaves nothing', async () => {
    const running = godwit(`${line} --dry-run`);
    await appeared('demo-check-1');
    expect(await beta.get(HostedClusterMigration, at('demo-check-1'))).toMatchObject({
      spec: { paused: true },
      metadata: { annotations: { 'godwit.io/hold-before': 'FreezeSource' } },
    });
    await tell('demo-check-1', {
      ...began,
      phases: [done('Preflight')],
      evidence: [{ row: 0, name: 'Clocks', result: '0 s apart at most', completed: time }],
    });
    const { exitCode, stdout, stderr } = await running;
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/yes +Clocks +0 s apart at most/)]);
    expect(stderr).toContain('nothing stands in the way; nothing was changed');
    expect((await beta.list(HostedClusterMigration)).items).toEqual([]);
    expect(await leftOf('demo-')).toEqual([]);
  });

  test('a rehearsal that finds something is refused by it', async () => {
    const running = godwit(`${line} --dry-run`);
    await appeared('demo-check-1');
    const evidence = [{ row: 0, name: 'BucketPublic', result: 'everybody may read it', completed: time }];
    await tell('demo-check-1', { ...began, completionTimestamp: time, evidence, errors: ['Preflight: everybody may read it'] });
    expect(await running).toMatchObject({ exitCode: 6, stdout: expect.stringMatching(/NO +BucketPublic +everybody may read it/) });
  });

  test('is made on the target, announced, and followed to its end', async () => {
    const running = godwit(`${line} --yes --soak 30s`);
    await appeared('demo-1');
    const move = await beta.get(HostedClusterMigration, at('demo-1'));
    expect(move?.spec).toMatchObject({
      hostedCluster: inClusters('demo'),
      mode: 'WithNodes',
      soak: '30s',
      store: { bucket: 'moves', forcePathStyle: true },
      paused: false,
    });
    const secret = await eventually(() => beta.get(Secret, at('demo-1-source'))).toMatchObject({
      metadata: { ownerReferences: [{ name: 'demo-1' }] },
    });
    const inside = parse(Buffer.from((secret as Secret | undefined)?.data?.kubeconfig ?? '', 'base64').toString()) as {
      users: { user: object }[];
    };
    expect(Object.keys(inside.users[0]?.user ?? {})).toEqual(['client-certificate-data', 'client-key-data']);
    const key = await beta.get(Secret, at('demo-1-key'));
    expect([key?.metadata.ownerReferences, Buffer.from(key?.data?.key ?? '', 'base64').length]).toEqual([undefined, 32]);
    const downtime = { started: time, ended: time, seconds: 11.5 };
    const evidence = [{ row: 4, name: 'upload', result: 'equal', completed: time }];
    await tell('demo-1', {
      ...began,
      phase: 'Completed',
      completionTimestamp: time,
      phases: [done('FreezeSource')],
      evidence,
      downtime,
      conditions: [settled('Succeeded', 'True')],
    });
    const { exitCode, stdout, stderr } = await running;
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('hcm/demo-1 created')]);
    expect(stdout).toContain('the API was away for 11.5 s');
    expect(stderr).toContain('Its API will be away for about 15 s');
    expect(stderr).toContain('in Secret hypershift/demo-1-key on beta');
    expect(stderr).toContain('row 4  upload: equal');
    expect(`${stdout}${stderr}`).not.toMatch(/hunter2|PRIVATE KEY/);
    expect(`${stdout}${stderr}`).not.toContain(key?.data?.key);
  });

  test('goes on when the user leaves, and cannot be begun twice', async () => {
    const leave = (each: string, interrupt: () => void) => each.includes('[1/1]') && interrupt();
    const { exitCode, stderr } = await godwit(`${line} --yes`, { onLine: leave });
    expect([exitCode, stderr]).toEqual([
      130,
      expect.stringContaining('come back with: godwit run attach hcm/demo-2 --context beta --namespace hypershift'),
    ]);
    expect(await godwit(`${line} --yes`)).toMatchObject({ exitCode: 6, error: expect.stringContaining('(MoveUnderWay)') });
  });

  test('is a run', async () => {
    await tell('demo-2', { ...began, phase: 'SaveEtcd', phases: [done('Preflight'), done('FreezeSource')] });
    expect((await godwit('run get --context beta')).stdout).toMatch(/^demo-2 +demo +Move +Running +SaveEtcd/m);
    expect((await godwit('get hcm/demo-2 -o name --context beta')).stdout).toBe('hcm/demo-2');
    expect((await godwit('run describe demo-2 --context beta')).stdout).toMatch(/Can be taken back: +yes/);
    expect((await godwit('run logs demo-1 --context beta')).stdout).toContain(`${time}  row 4  upload: equal`);
    expect((await godwit('run attach demo-1 --context beta')).exitCode).toBe(0);
  });

  test('is paused, resumed and canceled', async () => {
    for (const [verb, spec] of [
      ['pause', { paused: true }],
      ['resume', { paused: false }],
      ['cancel', { canceled: true }],
    ] as const) {
      expect((await godwit(`run ${verb} hcm/demo-2 --context beta`)).exitCode).toBe(0);
      expect(await beta.get(HostedClusterMigration, at('demo-2'))).toMatchObject({ spec });
    }
    expect(await godwit('run pause demo-1 --context beta')).toMatchObject({
      exitCode: 6,
      error: expect.stringContaining('is over (NotAllowedNow)'),
    });
  });

  test('past the point of no return is not canceled', async () => {
    await tell('demo-2', { phases: [done('RaiseDNS')] });
    expect(await godwit('run cancel demo-2 --context beta')).toMatchObject({
      exitCode: 6,
      error: expect.stringContaining('(PastPointOfNoReturn)'),
    });
  });

  test('is told from a run of a plan with its name', async () => {
    await beta.create(MigMigration, aMigMigration({ name: 'demo-1', namespace: 'openshift-migration', plan: 'shop' }));
    expect(await godwit('run get demo-1 --context beta')).toMatchObject({ exitCode: 2, error: expect.stringContaining('(AmbiguousName)') });
    expect((await godwit('run get hcm/demo-1 -o name --context beta')).stdout).toBe('hcm/demo-1');
    expect((await godwit('get migmigration/demo-1 -o name --context beta')).stdout).toBe('run/demo-1');
    expect(await godwit('run pause migmigration/demo-1 --context beta')).toMatchObject({
      exitCode: 6,
      error: expect.stringContaining('(NotAllowedNow)'),
    });
  });
});
