import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Backup, BackupStorageLocation, ConfigMap, Deployment, MigMigration, NAMESPACE, Namespace, Restore } from '@godwit/api';
import type { Resource } from '@godwit/kube';
import { clusterPair } from '@godwit/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { heldBy, make } from '../shared/world.fixture.ts';
import {
  aFolder,
  aLandscape,
  aReadyPlan,
  change,
  ended,
  held,
  letGo,
  operating,
  piecesOf,
  planOf,
  runOf,
  soon,
  start,
} from './landscape.fixture.ts';
import type { Run } from './scope.ts';
import { aShop, workloadsOf } from './shop.fixture.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 }); // for a machine that is busy with other things

const pair = await clusterPair({ controllers: true });
const { host, source } = pair;

let operator: AsyncDisposable;
let repository: string;
beforeAll(async () => {
  repository = await aLandscape(pair);
  operator = await operating(host);
});
afterAll(() => operator[Symbol.asyncDispose]());

const isGone = (namespace: string) => soon(() => host.get(Namespace, { name: namespace }), { client: host }).toBeUndefined();

const noTraces = async (run: Run, namespace: string, folder = repository): Promise<void> => {
  const { backup, restore } = piecesOf(run);
  await soon(() => source.get(Backup, backup)).toBeUndefined();
  await soon(() => host.get(Restore, restore)).toBeUndefined();
  await soon(() => existsSync(join(folder, 'backups', backup.name))).toBe(false);
  await isGone(namespace);
};

test.each([
  ['nothing was done', 'WaitForVeleroReady'],
  ['the backup is there', 'QuiesceSourceApplications'],
  ['the source sleeps', 'EnsureFinalRestore'],
  ['the objects are on the target', 'DeleteRegistries'],
])(
  'a run that is canceled when %s gives everything back, and the plan can be run again (G-M13, G-M14, G-M15, G-M47)',
  async (_title, phase) => {
    const plan = `cancel-${phase.toLowerCase().slice(0, 20)}`;
    const namespace = await aShop(source);
    const before = await workloadsOf(source, namespace);
    await aReadyPlan(host, plan, [namespace]);
    await start(host, { name: `${plan}-1`, plan, quiescePods: true, holdBefore: phase });
    await held(host, `${plan}-1`);
    await change(host, `${plan}-1`, { canceled: true });
    const run = await ended(host, `${plan}-1`);
    expect(run.status?.itinerary).toBe('Cancel');
    expect(heldBy(run)).toEqual(['Canceled/Cancel']);
    expect(run.status?.errors).toBeUndefined();
    expect(await workloadsOf(source, namespace)).toEqual(before);
    await noTraces(run, namespace);
    await soon(async () => heldBy(await planOf(host, plan)())).not.toContain('Suspended');
    await start(host, { name: `${plan}-2`, plan, quiescePods: true });
    expect(heldBy(await ended(host, `${plan}-2`))).toEqual(['Succeeded/Completed']);
    expect(await workloadsOf(host, namespace)).toEqual(before);
  },
);

test('what slept is woken from the record of the run when its notes were removed, and what somebody woke stays as it is (G-M14)', async () => {
  const namespace = await aShop(source);
  const before = await workloadsOf(source, namespace);
  await aReadyPlan(host, 'unnoted', [namespace]);
  await start(host, { name: 'unnoted-1', plan: 'unnoted', quiescePods: true, holdBefore: 'EnsureFinalRestore' });
  await held(host, 'unnoted-1');
  await source.patch(Deployment, { namespace, name: 'web' }, { metadata: { annotations: null } });
  await source.patch(Deployment, { namespace, name: 'paused' }, { spec: { replicas: 5 } });
  await change(host, 'unnoted-1', { canceled: true });
  await ended(host, 'unnoted-1');
  const { 'Deployment/paused': paused, ...rest } = await workloadsOf(source, namespace);
  const { 'Deployment/paused': _paused, ...expected } = before;
  expect(rest).toEqual(expected);
  expect(paused).toMatchObject({ replicas: 5 });
});

test('a run that is deleted under way is canceled first, and goes without a trace (G-M13)', async () => {
  const namespace = await aShop(source);
  const before = await workloadsOf(source, namespace);
  await aReadyPlan(host, 'deleted', [namespace]);
  await start(host, { name: 'deleted-1', plan: 'deleted', quiescePods: true, holdBefore: 'DeleteRegistries' });
  const run = await held(host, 'deleted-1');
  await host.delete(MigMigration, { namespace: NAMESPACE, name: 'deleted-1' });
  await soon(runOf(host, 'deleted-1'), { client: host }).toBeUndefined();
  expect(await workloadsOf(source, namespace)).toEqual(before);
  await noTraces(run, namespace);
});

test('a run that was never begun, or has ended, is deleted at once', async () => {
  const namespace = await aShop(source);
  await aReadyPlan(host, 'removed', [namespace]);
  await start(host, { name: 'removed-1', plan: 'removed', stage: true });
  await ended(host, 'removed-1');
  await start(host, { name: 'removed-2', plan: 'removed', migrateState: true });
  await soon(async () => heldBy(await runOf(host, 'removed-2')())).toEqual(['InvalidSpec/NotSupported']);
  for (const name of ['removed-1', 'removed-2']) {
    await host.delete(MigMigration, { namespace: NAMESPACE, name });
    await soon(runOf(host, name)).toBeUndefined();
  }
});

const aStorageOfItsOwn = async (name: string) => ({ folder: await aFolder(host, name), migStorageRef: { namespace: NAMESPACE, name } });

test('a backup that cannot be stored fails the run with the reason, and the source runs on (G-M13)', async () => {
  const namespace = await aShop(source);
  const before = await workloadsOf(source, namespace);
  const { folder, migStorageRef } = await aStorageOfItsOwn('broken');
  await aReadyPlan(host, 'broken', [namespace], { migStorageRef });
  await start(host, { name: 'broken-1', plan: 'broken', quiescePods: true, holdBefore: 'EnsureInitialBackup' });
  await held(host, 'broken-1');
  await rm(folder, { recursive: true });
  await letGo(host, 'broken-1');
  const run = await ended(host, 'broken-1');
  expect(run.status?.itinerary).toBe('Failed');
  expect(heldBy(run)).toEqual(['Failed/InitialBackupCreated']);
  expect(run.status?.errors).toEqual([
    expect.stringMatching(/^Backup broken-1-initial-.* failed: The folder .* does not exist\. Create it/),
  ]);
  expect(await workloadsOf(source, namespace)).toEqual(before);
});

test('a storage location that takes no backup any more fails the run by name, and the source runs on (G-M13)', async () => {
  const namespace = await aShop(source);
  const before = await workloadsOf(source, namespace);
  const { migStorageRef } = await aStorageOfItsOwn('locked');
  await aReadyPlan(host, 'locked', [namespace], { migStorageRef });
  await start(host, { name: 'locked-1', plan: 'locked', quiescePods: true, holdBefore: 'EnsureInitialBackup' });
  await held(host, 'locked-1');
  const location = `locked-${(await planOf(host, 'locked')())?.status?.suffix}`;
  await source.patch(BackupStorageLocation, { namespace: NAMESPACE, name: location }, { spec: { accessMode: 'ReadOnly' } });
  await letGo(host, 'locked-1');
  const run = await ended(host, 'locked-1');
  expect(heldBy(run)).toEqual(['Failed/InitialBackupCreated']);
  expect(run.status?.errors?.join()).toContain(location);
  expect(await workloadsOf(source, namespace)).toEqual(before);
});

test('a repository that is lost keeps neither the source asleep nor the objects of the run on the target (G-M13)', async () => {
  const namespace = await aShop(source);
  const before = await workloadsOf(source, namespace);
  const { folder, migStorageRef } = await aStorageOfItsOwn('lost');
  await aReadyPlan(host, 'lost', [namespace], { migStorageRef });
  await start(host, { name: 'lost-1', plan: 'lost', quiescePods: true, holdBefore: 'DeleteRegistries' });
  await held(host, 'lost-1');
  expect(await workloadsOf(host, namespace)).toEqual(before);
  await rm(folder, { recursive: true });
  await change(host, 'lost-1', { canceled: true });
  expect(heldBy(await ended(host, 'lost-1'))).toEqual(['Canceled/Cancel']);
  expect(await workloadsOf(source, namespace)).toEqual(before);
  expect(await workloadsOf(host, namespace)).toEqual({});
});

/** A run whose backup is spoilt once the source sleeps, so that its restore fails. */
const aSpoiltRun = async (name: string, more: Partial<Run['spec']> = {}) => {
  const namespace = await aShop(source);
  const before = await workloadsOf(source, namespace);
  const { folder, migStorageRef } = await aStorageOfItsOwn(name);
  await aReadyPlan(host, name, [namespace], { migStorageRef });
  await start(host, { name: `${name}-1`, plan: name, quiescePods: true, holdBefore: 'EnsureFinalRestore', ...more });
  const waiting = await held(host, `${name}-1`);
  const backup = piecesOf(waiting).backup.name;
  await writeFile(join(folder, 'backups', backup, `${backup}.tar.gz`), 'no archive');
  await letGo(host, `${name}-1`);
  return { namespace, before, asleep: await workloadsOf(source, namespace), run: await ended(host, `${name}-1`) };
};

test('a restore that fails wakes the source again and leaves nothing on the target (G-M13)', async () => {
  const { namespace, before, asleep, run } = await aSpoiltRun('spoilt');
  expect(asleep).not.toEqual(before);
  expect(run.status?.itinerary).toBe('Failed');
  expect(heldBy(run)).toEqual(['Failed/FinalRestoreCreated']);
  expect(run.status?.errors).toEqual([expect.stringMatching(/^Restore spoilt-1-final-.* failed: /)]);
  expect((run.status?.pipeline ?? []).filter(({ failed }) => failed).map(({ name }) => name)).toEqual(['Restore']);
  expect(await workloadsOf(source, namespace)).toEqual(before);
  await isGone(namespace);
});

test('a restore that fails leaves everything as it is when the run says Keep (G-M13)', async () => {
  const { namespace, asleep, run } = await aSpoiltRun('kept', { onFailure: 'Keep' });
  expect(heldBy(run)).toEqual(['Failed/FinalRestoreCreated']);
  expect(await workloadsOf(source, namespace)).toEqual(asleep);
});

const admission = (kind: string, plural: string) =>
  ({ group: 'admissionregistration.k8s.io', version: 'v1', kind, plural, scope: 'Cluster' }) as Resource;
const Policy = admission('ValidatingAdmissionPolicy', 'validatingadmissionpolicies');
const PolicyBinding = admission('ValidatingAdmissionPolicyBinding', 'validatingadmissionpolicybindings');

/** Makes the target refuse every Secret of a namespace. */
const refuseSecrets = async (namespace: string): Promise<void> => {
  await make(
    host,
    Policy,
    { name: 'no-secrets' },
    {
      spec: {
        matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['secrets'] }] },
        validations: [{ expression: `request.namespace != "${namespace}"`, message: 'secrets are not wanted here' }],
      },
    },
  );
  await make(host, PolicyBinding, { name: 'no-secrets' }, { spec: { policyName: 'no-secrets', validationActions: ['Deny'] } });
};

test('an object that the target refuses makes the run a success with warnings, and all others are there', async () => {
  const namespace = await aShop(source);
  const before = await workloadsOf(source, namespace);
  await aReadyPlan(host, 'denied', [namespace]);
  await start(host, { name: 'denied-1', plan: 'denied', quiescePods: true, holdBefore: 'EnsureFinalRestore' });
  await held(host, 'denied-1');
  await refuseSecrets(namespace);
  await make(host, Namespace, { name: namespace });
  const probe = { apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name: 'probe' } };
  const secrets = { group: '', version: 'v1', kind: 'Secret', plural: 'secrets', scope: 'Namespaced' } as Resource;
  await soon(() => host.create(secrets, probe, { dryRun: true }).then(() => 'accepted', String)).toContain('secrets are not wanted here');
  await letGo(host, 'denied-1');
  const run = await ended(host, 'denied-1');
  expect(heldBy(run)).toEqual(['SucceededWithWarnings/Completed', 'VeleroFinalRestorePartiallyFailed/ErrorsDetected']);
  expect(JSON.stringify(run.status?.conditions)).toContain(`kubectl describe restore ${piecesOf(run).restore.name}, on the target cluster`);
  expect(await host.get(Restore, piecesOf(run).restore)).toMatchObject({ status: { phase: 'PartiallyFailed', errors: 1 } });
  expect(await host.get(ConfigMap, { namespace, name: 'settings' })).toMatchObject({ data: { color: 'blue' } });
  expect(await workloadsOf(host, namespace)).toEqual(before);
  await soon(async () => heldBy(await planOf(host, 'denied')())).toContain('Suspended');
});
