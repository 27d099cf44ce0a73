import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Backup, ImageBasedUpgrade, Namespace } from '@godwit/api';
import { startComponent, stopComponent } from '@godwit/devcluster';
import { isApiError } from '@godwit/kube';
import { clusterPair } from '@godwit/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { callerOf } from './caller.fixture.ts';
import { condition } from './ibu/ibu.fixture.ts';

const { host: node, controlPlanes } = await clusterPair();
const plane = controlPlanes.host;
const godwit = callerOf(plane.kubeconfigPath, mkdtempSync(join(tmpdir(), 'godwit-ibu-')));

const name = { name: 'upgrade' };
const IDLE = ['Idle=True Idle Idle'];
const PREPARED = [
  'Idle=False InProgress In progress',
  'PrepInProgress=False Completed Prep completed',
  'PrepCompleted=True Completed Prep completed',
];
const UPGRADED = [...PREPARED, 'UpgradeInProgress=False Completed Upgrade completed', 'UpgradeCompleted=True Completed Upgrade completed'];

const seedImageRef = { version: '4.21.0', image: 'registry.invalid/lab/seed:4.21.0' };

/** Makes the object anew in a stage; no agent runs, so statuses are what a test writes. */
const stageIs = async (stage: string, conditions: readonly string[], validNextStages: readonly string[]): Promise<ImageBasedUpgrade> => {
  await node.delete(ImageBasedUpgrade, name);
  const { metadata } = await node.create(ImageBasedUpgrade, {
    apiVersion: 'lca.openshift.io/v1',
    kind: 'ImageBasedUpgrade',
    metadata: name,
    spec: { stage, seedImageRef } as ImageBasedUpgrade['spec'],
  });
  return writeStatus(conditions, validNextStages, metadata.generation ?? 1);
};

const writeStatus = (conditions: readonly string[], validNextStages: readonly string[], observedGeneration?: number) =>
  node.patch(
    ImageBasedUpgrade,
    name,
    {
      status: {
        conditions: conditions.map(condition),
        validNextStages: validNextStages.length === 0 ? null : validNextStages,
        observedGeneration,
      },
    },
    { subresource: 'status' },
  );

const specNow = async () => (await node.get(ImageBasedUpgrade, name))?.spec;

beforeEach(() => stageIs('Idle', IDLE, ['Prep']));

describe('showing', () => {
  test('the table has the columns of kubectl, and what may come next', async () => {
    const { stdout } = await godwit('get ibu');
    expect(stdout.split('\n')[0]).toMatch(/^NAME +DESIRED-STAGE +STATE +NEXT +DETAILS +AGE$/);
    expect(stdout).toMatch(/^upgrade +Idle +Idle +Prep +Idle /m);
  });
  test('a superfluous namespace is harmless', async () => {
    const { stdout } = await godwit('get imagebasedupgrades/upgrade -n openshift-lifecycle-agent -o name');
    expect(stdout).toBe('ibu/upgrade');
  });
  test('status and description end with what is known', async () => {
    expect((await godwit('ibu status')).stdout).toMatch(
      /Stage: +Idle \(Idle\)[\s\S]*Allowed now: +Prep[\s\S]*Next:\n {2}godwit doctor ibu/,
    );
    expect((await godwit('ibu describe')).stdout).toMatch(/Conditions, the latest last:\n +TYPE/);
  });
  test('without an agent there is no object, and that is said', async () => {
    await node.delete(ImageBasedUpgrade, name);
    expect(await godwit('ibu status')).toMatchObject({ exitCode: 1, error: expect.stringContaining('(NotFound)') });
  });
});

describe('prep', () => {
  test('asks in one patch, with the image and all that belongs to it', async () => {
    const { exitCode, stdout } = await godwit(
      'ibu prep --image r/seed:2 --version 4.22.0 --oadp-content backups --rollback-after 10m --no-wait',
    );
    expect([exitCode, stdout]).toEqual([0, 'ibu/upgrade Prep requested']);
    expect(await specNow()).toEqual({
      stage: 'Prep',
      seedImageRef: { image: 'r/seed:2', version: '4.22.0' },
      oadpContent: [{ name: 'backups', namespace: 'openshift-adp' }],
      autoRollbackOnFailure: { initMonitorTimeoutSeconds: 600 },
    });
  });
  test('a dry run stores nothing', async () => {
    expect((await godwit('ibu prep --dry-run')).stdout).toContain('would be asked for Prep');
    expect((await specNow())?.stage).toBe('Idle');
  });
  test('waits for the outcome, and ends with the next command', async () => {
    const outcome = godwit('ibu prep', {
      onLine: (line) => {
        if (line.includes('prep')) void writeStatus(PREPARED, ['Idle', 'Upgrade']);
      },
    });
    expect(await outcome).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/prep done: Prep completed\nnext:\n {2}godwit ibu upgrade /),
    });
  });
  test('that fails answers 3 with its reason', async () => {
    await stageIs('Prep', ['PrepCompleted=False Failed Prep failed', 'PrepInProgress=False Failed no such seed'], ['Idle']);
    expect(await godwit('ibu prep')).toMatchObject({ exitCode: 3, stdout: expect.stringContaining('prep failed: no such seed') });
  });
  test('that is left by Ctrl-C goes on, and says how to come back', async () => {
    const { exitCode, stderr } = await godwit('ibu prep', { onLine: (line, interrupt) => line.includes('Idle: Idle') && interrupt() });
    expect([exitCode, stderr]).toEqual([130, expect.stringContaining('come back with: godwit ibu status --watch')]);
  });
});

describe('refusals of the API server', () => {
  test.each([
    [
      'a stage that may not come now',
      'Idle',
      IDLE,
      ['Prep'],
      'ibu upgrade --yes',
      'the stage transition is not permitted',
      'allowed now: Prep',
    ],
    [
      'another seed while busy',
      'Prep',
      PREPARED,
      ['Idle', 'Upgrade'],
      'ibu prep --image other/seed:3',
      'can not change spec.seedImageRef',
      'allowed now: Idle, Upgrade',
    ],
    [
      'other backups while busy',
      'Prep',
      PREPARED,
      ['Idle', 'Upgrade'],
      'ibu prep --oadp-content x',
      'can not change spec.oadpContent',
      'allowed now: Idle, Upgrade',
    ],
    [
      'other manifests while busy',
      'Prep',
      PREPARED,
      ['Idle', 'Upgrade'],
      'ibu prep --extra-manifests a/b',
      'can not change spec.extraManifests',
      'allowed now: Idle, Upgrade',
    ],
    [
      'another deadline while busy',
      'Prep',
      PREPARED,
      ['Idle', 'Upgrade'],
      'ibu prep --rollback-after 5m',
      'can not change spec.autoRollbackOnFailure',
      'allowed now',
    ],
    [
      'anything while nothing is allowed',
      'Idle',
      ['Idle=False Aborting Aborting'],
      [],
      'ibu rollback --yes',
      'the stage transition is not permitted',
      'no stage is allowed now',
    ],
  ])('%s is one line with exit code 6', async (_title, stage, conditions, allowed, line, why, words) => {
    await stageIs(stage, conditions, allowed);
    const { exitCode, stderr, error } = await godwit(line);
    expect([exitCode, error]).toEqual([6, expect.stringContaining(why)]);
    expect(error).toContain(words);
    expect(error).toContain('try: godwit ');
    expect(stderr.split('\n').filter((each) => each.startsWith('error:'))).toHaveLength(1);
  });
  test('nobody is asked to confirm what is not allowed', async () => {
    expect((await godwit('ibu upgrade')).error).toContain('(NotAllowedNow)');
    await stageIs('Prep', PREPARED, ['Idle', 'Upgrade']);
    expect(await godwit('ibu upgrade')).toMatchObject({ exitCode: 6, error: expect.stringContaining('(ConfirmationMissing)') });
    expect((await specNow())?.stage).toBe('Prep');
  });
});

describe('finalize', () => {
  beforeEach(async () => {
    for (const namespace of ['openshift-adp'])
      await node
        .create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
        .catch((error: unknown) => expect(isApiError(error, 'AlreadyExists')).toBe(true));
    await node.delete(Backup, { namespace: 'openshift-adp', name: 'shop' });
    await node.create(Backup, {
      apiVersion: 'velero.io/v1',
      kind: 'Backup',
      metadata: { namespace: 'openshift-adp', name: 'shop', labels: { 'config.openshift.io/clusterID': 'edge-17' } },
      spec: {},
    });
    await stageIs('Upgrade', UPGRADED, ['Idle', 'Rollback']);
  });
  test('says first what it deletes, offers to gather, and does nothing unless that is agreed to', async () => {
    const { exitCode, stderr } = await godwit('ibu finalize');
    expect(exitCode).toBe(6);
    expect(stderr).toMatch(/this deletes:[\s\S]*every stateroot but[\s\S]*Backup openshift-adp\/shop/);
    expect(stderr).toContain('first: godwit ibu finalize --gather FOLDER');
    expect((await specNow())?.stage).toBe('Upgrade');
  });
  test('gathers what was asked for, then asks for Idle', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'godwit-ibu-')), 'kept');
    expect(await godwit(`ibu finalize --gather ${folder} --yes --no-wait`)).toMatchObject({
      exitCode: 0,
      stdout: 'ibu/upgrade Idle requested',
    });
    expect(readFileSync(join(folder, 'upgrade.yaml'), 'utf8')).toContain('UpgradeCompleted');
    expect(existsSync(join(folder, 'backups.yaml'))).toBe(true);
    expect((await specNow())?.stage).toBe('Idle');
  });
  test('is not what abort does: a complete upgrade is not aborted', async () => {
    expect(await godwit('ibu abort')).toMatchObject({ exitCode: 6, error: expect.stringContaining('try: godwit ibu finalize') });
  });
  test('has nothing to do when the upgrade is Idle', async () => {
    await stageIs('Idle', IDLE, ['Prep']);
    expect((await godwit('ibu finalize --yes')).exitCode).toBe(0);
  });
});

describe('ways out', () => {
  const annotationsNow = async () => (await node.get(ImageBasedUpgrade, name))?.metadata.annotations;
  test.each([
    ['cleaning up again', 'Idle', ['Idle=False AbortFailed x'], 'ibu retry', 'lca.openshift.io/manual-cleanup-done'],
    [
      'finalizing what could not be finalized',
      'Idle',
      ['Idle=False FinalizeFailed x'],
      'ibu finalize',
      'lca.openshift.io/manual-cleanup-done',
    ],
    ['rolling back again', 'Rollback', ['RollbackCompleted=False Failed x'], 'ibu retry', 'lca.openshift.io/rollback-retry'],
    [
      'staying on this release',
      'Rollback',
      ['RollbackCompleted=False Failed x'],
      'ibu accept --yes',
      'lca.openshift.io/accept-current-stateroot',
    ],
  ])('%s is an annotation', async (_title, stage, conditions, line, key) => {
    await stageIs(stage, conditions, []);
    expect((await godwit(`${line} --no-wait`)).exitCode).toBe(0);
    expect(await annotationsNow()).toHaveProperty([key]);
  });
  test('where nothing has failed there is nothing to try again', async () => {
    expect(await godwit('ibu retry')).toMatchObject({ exitCode: 6, error: expect.stringContaining('(NotAllowedNow)') });
  });
});

describe('the preflight', () => {
  test('tells five faults at once, and changes nothing', async () => {
    const before = await node.get(ImageBasedUpgrade, name);
    const { exitCode, stdout } = await godwit(
      'doctor ibu --version nonsense --image registry.invalid/x:1 --pull-secret missing --oadp-content gone --extra-manifests default/gone',
    );
    expect(exitCode).toBe(6);
    for (const code of ['AgentWorks', 'SeedVersionNotHigher', 'SeedImageUnusable', 'OadpContentInvalid', 'gone'])
      expect(stdout).toContain(code);
    expect(stdout).toContain('To mend:');
    expect(await node.get(ImageBasedUpgrade, name)).toEqual(before);
  });
});

test('watching goes on while the API server is away, and tells what the new release does', async () => {
  await stageIs('Upgrade', ['UpgradeInProgress=True InProgress In progress'], ['Idle']);
  const history = (...later: string[]) => [
    {
      stage: 'Upgrade',
      startTime: '2030-01-01T11:00:00Z',
      phases: [
        { phase: 'PrePivot', startTime: '2030-01-01T11:00:00Z', completionTime: '2030-01-01T12:00:00Z' },
        ...later.map((phase) => ({ phase, startTime: '2030-01-01T12:02:00Z' })),
      ],
    },
  ];
  await node.patch(ImageBasedUpgrade, name, { status: { history: history() } }, { subresource: 'status' });
  const seen: string[] = [];
  let stopped: Promise<unknown> = Promise.resolve();
  const { exitCode, stdout } = await godwit('ibu status --watch --request-timeout 5s', {
    onLine: (line) => {
      seen.push(line);
      if (line.includes('rolls back by itself')) stopped = stopComponent(plane.set, plane.name, 'kube-apiserver');
      // its connections are gone before it has ended
      if (line.includes('the node reboots')) void stopped.then(() => startComponent(plane.set, plane.name, 'kube-apiserver'));
      if (line.includes('answers again'))
        void node
          .patch(
            ImageBasedUpgrade,
            name,
            {
              status: {
                history: history('PostPivot'),
                conditions: ['UpgradeInProgress=True InProgress Restoring Application Data'].map(condition),
              },
            },
            { subresource: 'status' },
          )
          .catch(() => undefined);
      if (line.includes('PostPivot: Restoring')) void writeStatus(UPGRADED, ['Idle', 'Rollback']);
    },
  });
  expect(seen.join('\n')).toMatch(/this is expected[\s\S]*answers again[\s\S]*PostPivot: Restoring Application Data/);
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('Upgrade completed')]);
});
