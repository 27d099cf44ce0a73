import { randomUUID } from 'node:crypto';
import { annotations, Backup, type Condition, ConfigMap, Deployment, labels, MigMigration, NAMESPACE, Restore, Service } from '@godwit/api';
import { clusterPair } from '@godwit/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { heldBy } from '../shared/world.fixture.ts';
import { aLandscape, aReadyPlan, ended, held, operating, piecesOf, planOf, runOf, soon, start } from './landscape.fixture.ts';
import type { Run } from './scope.ts';
import { aShop, workloadsOf } from './shop.fixture.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 }); // for a machine that is busy with other things

const pair = await clusterPair({ controllers: true });
const { host, source } = pair;

let operator: AsyncDisposable;
beforeAll(async () => {
  await aLandscape(pair);
  operator = await operating(host);
});
afterAll(() => operator[Symbol.asyncDispose]());

const stepsOf = (run: Run): string[] => (run.status?.pipeline ?? []).map(({ name, message }) => `${name} ${message}`);
const phasesOf = (run: Run): string[] => (run.status?.phases ?? []).map(({ name }) => name);

const PREPARE = [
  'Created',
  'Started',
  'StartRefresh',
  'WaitForRefresh',
  'CleanStaleAnnotations',
  'CleanStaleResticCRs',
  'CleanStaleVeleroCRs',
  'RestartVelero',
  'CleanStaleStagePods',
  'WaitForStaleStagePodsTerminated',
];

/** What the shop looks like once it sleeps (3.5): the notes say what each workload must get back. */
const ASLEEP = {
  'Deployment/web': { replicas: 0, notes: { [annotations.preQuiesceReplicas]: '3', [annotations.preQuiescePaused]: 'false' } },
  'Deployment/paused': { replicas: 0, notes: { [annotations.preQuiesceReplicas]: '2', [annotations.preQuiescePaused]: 'true' } },
  'Deployment/stopped': { replicas: 0, paused: true, notes: {} },
  'StatefulSet/db': { replicas: 0, notes: { [annotations.preQuiesceReplicas]: '2' } },
  'DaemonSet/agent': {
    nodeSelector: { [labels.quiesceDaemonSet]: 'true' },
    notes: { [annotations.preQuiesceNodeSelector]: '{"disk":"ssd"}' },
  },
  'DaemonSet/everywhere': { nodeSelector: { [labels.quiesceDaemonSet]: 'true' }, notes: { [annotations.preQuiesceNodeSelector]: '{}' } },
  'Job/import': { parallelism: 0, suspend: false, notes: { [annotations.preQuiesceReplicas]: '2' } },
  'CronJob/nightly': { suspend: true, notes: { [annotations.preQuiesceSuspend]: 'true' } },
  'CronJob/suspended': { suspend: true, notes: {} },
};

test('a cutover without volumes brings every object to the target as it was and leaves the source asleep (G-M14, G-M15)', async () => {
  const namespace = await aShop(source);
  const before = await workloadsOf(source, namespace);
  await aReadyPlan(host, 'cutover', [namespace]);
  await start(host, { name: 'cutover-1', plan: 'cutover', quiescePods: true });
  const run = await ended(host, 'cutover-1');
  expect(run).toMatchObject({
    metadata: {
      labels: { [labels.migrationUid]: run.metadata.uid, [labels.migPlanName]: 'cutover' },
      ownerReferences: [{ kind: 'MigPlan' }],
    },
    status: { itinerary: 'Final', observedGeneration: 1 },
  });
  expect(run.status?.conditions).toEqual([
    expect.objectContaining({
      type: 'Succeeded',
      status: 'True',
      category: 'Advisory',
      durable: true,
      reason: 'Completed',
      message: 'The migration has completed successfully.',
    }),
  ]);
  expect(await workloadsOf(source, namespace)).toEqual(ASLEEP);
  expect(await workloadsOf(host, namespace)).toEqual(before);
  expect((run.status?.quiesced ?? []).map(({ kind, name }) => `${kind}/${name}`).sort()).toEqual(
    Object.entries(ASLEEP)
      .filter(([, { notes }]) => Object.keys(notes).length > 0)
      .map(([key]) => key)
      .sort(),
  );
  await soon(async () => heldBy(await planOf(host, 'cutover')())).toEqual(expect.arrayContaining(['Ready', 'Suspended']));
});

test('a cutover is told phase by phase and step by step, and its helpers carry labels that upstream gives them', async () => {
  const run = await ended(host, 'cutover-1');
  expect(phasesOf(run)).toEqual([
    ...PREPARE,
    'WaitForVeleroReady',
    'EnsureCloudSecretPropagated',
    'EnsureInitialBackup',
    'InitialBackupCreated',
    'QuiesceSourceApplications',
    'EnsureSrcQuiesced',
    'EnsureInitialBackupReplicated',
    'EnsureFinalRestore',
    'FinalRestoreCreated',
    'UnQuiesceDestApplications',
    'DeleteRegistries',
    'Completed',
  ]);
  expect(run.status?.phases?.every(({ started, completed }) => started !== undefined && completed !== undefined)).toBe(true);
  expect(stepsOf(run)).toEqual([
    'Prepare Completed',
    'Backup Completed',
    'StageBackup Completed',
    'Restore Completed',
    'Cleanup Completed',
  ]);
  const { backup, restore } = piecesOf(run);
  const common = {
    migmigration: run.metadata.uid,
    [labels.migMigrationName]: 'cutover-1',
    [labels.migPlanName]: 'cutover',
    [labels.migratedByMigMigration]: run.metadata.uid,
  };
  expect(await source.get(Backup, backup)).toMatchObject({
    metadata: { labels: { ...common, [labels.initialBackup]: run.metadata.uid } },
    spec: { ttl: '720h0m0s', excludedResources: expect.arrayContaining(['imagestreams', 'persistentvolumes', 'persistentvolumeclaims']) },
    status: { phase: 'Completed' },
  });
  const restored = await host.get(Restore, restore);
  expect(restored).toMatchObject({
    metadata: { labels: { ...common, [labels.finalRestore]: run.metadata.uid } },
    spec: { backupName: backup.name, restorePVs: true },
    status: { phase: 'Completed' },
  });
  const { totalItems, itemsRestored } = restored?.status?.progress ?? {};
  expect(run.status?.pipeline?.find(({ name }) => name === 'Restore')?.progress).toEqual([
    expect.stringContaining(
      `Restore ${NAMESPACE}/${restore.name}: ${itemsRestored} out of estimated total of ${totalItems} objects restored (`,
    ),
  ]);
});

test('what a cutover creates on the target names the run and the plan', async () => {
  const run = await ended(host, 'cutover-1');
  const plan = await planOf(host, 'cutover')();
  const namespace = plan?.spec.namespaces?.[0] ?? '';
  for (const [kind, name] of [
    [ConfigMap, 'settings'],
    [Deployment, 'web'],
    [Service, 'web'],
  ] as const)
    expect((await host.get(kind, { namespace, name }))?.metadata.labels).toMatchObject({
      [labels.migratedByMigMigration]: run.metadata.uid,
      [labels.migratedByMigPlan]: plan?.metadata.uid,
    });
});

test('a stage without volumes says that it had nothing to copy, and touches no application', async () => {
  const namespace = await aShop(source);
  const before = await workloadsOf(source, namespace);
  await aReadyPlan(host, 'staged', [namespace]);
  await start(host, { name: 'stage-1', plan: 'staged', stage: true });
  const run = await ended(host, 'stage-1');
  expect(run.status?.itinerary).toBe('Stage');
  expect(heldBy(run)).toEqual(['StageNoOp/ErrorsDetected', 'SucceededWithWarnings/Completed']);
  expect(phasesOf(run)).toEqual([...PREPARE, 'WaitForVeleroReady', 'EnsureCloudSecretPropagated', 'DeleteRegistries', 'Completed']);
  expect(stepsOf(run)).toEqual(['Prepare Completed', 'StageBackup Completed', 'Cleanup Completed']);
  expect(await workloadsOf(source, namespace)).toEqual(before);
  expect(await source.get(Backup, piecesOf(run).backup)).toBeUndefined();
  await soon(async () => heldBy(await planOf(host, 'staged')())).not.toContain('Suspended');
});

test('a run stops before a named phase, says so, and goes on when it may (G-M6)', async () => {
  const namespace = await aShop(source);
  const before = await workloadsOf(source, namespace);
  await aReadyPlan(host, 'held', [namespace]);
  await start(host, { name: 'held-1', plan: 'held', quiescePods: true, holdBefore: 'QuiesceSourceApplications,DeleteRegistries' });
  const waiting = await held(host, 'held-1');
  expect(heldBy(waiting)).toEqual(['Held/HoldBefore', 'Ready', 'Running/QuiesceSourceApplications']);
  expect(JSON.stringify(waiting.status?.conditions)).toContain('Stopped before phase QuiesceSourceApplications; remove the annotation');
  expect(await workloadsOf(source, namespace)).toEqual(before);
  await host.patch(
    MigMigration,
    { namespace: NAMESPACE, name: 'held-1' },
    { metadata: { annotations: { 'godwit.io/hold-before': 'DeleteRegistries' } } },
  );
  await soon(runOf(host, 'held-1')).toMatchObject({ status: { phase: 'DeleteRegistries' } });
  expect(await workloadsOf(source, namespace)).toEqual(ASLEEP);
  await host.patch(
    MigMigration,
    { namespace: NAMESPACE, name: 'held-1' },
    { metadata: { annotations: { 'godwit.io/hold-before': 'Completed' } } }, // nothing is left to stop before
  );
  expect(heldBy(await ended(host, 'held-1'))).toEqual(['Succeeded/Completed']);
});

const SENT_STATUS = {
  conditions: [
    {
      type: 'Succeeded',
      status: 'True',
      category: 'Advisory',
      durable: true,
      reason: 'Completed',
      message: 'x',
      lastTransitionTime: '2019-08-29T01:03:40Z',
    },
  ] satisfies Condition[],
};

test('a run in the documented form is carried out, also when its client sends whole objects with a status (G-M58, G-M59)', async () => {
  const namespace = await aShop(source);
  await aReadyPlan(host, 'socks-shop-mig-plan', [namespace]);
  const name = randomUUID();
  await host.create(MigMigration, {
    apiVersion: 'migration.openshift.io/v1alpha1',
    kind: 'MigMigration',
    metadata: { name, namespace: NAMESPACE, annotations: { touch: randomUUID(), 'godwit.io/hold-before': 'EnsureFinalRestore' } },
    spec: { migPlanRef: { name: 'socks-shop-mig-plan', namespace: NAMESPACE }, quiescePods: true, stage: false },
    status: SENT_STATUS,
  });
  const waiting = await held(host, name);
  const { 'godwit.io/hold-before': _hold, ...rest } = waiting.metadata.annotations ?? {};
  await host.replace(MigMigration, {
    ...waiting,
    metadata: { ...waiting.metadata, annotations: { ...rest, touch: randomUUID() } },
    status: SENT_STATUS,
  });
  const run = await ended(host, name);
  expect(heldBy(run)).toEqual(['Succeeded/Completed']);
  expect(phasesOf(run)).toContain('EnsureSrcQuiesced');
  expect(await workloadsOf(source, namespace)).toEqual(ASLEEP);
});
