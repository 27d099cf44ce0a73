import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { MigMigration } from '@godwit/api';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type OperatorProcess, operatorProcess } from './faults/operator.ts';
import { cleanUp } from './support/clean-up.ts';
import { type LocalSet, openLocalSet } from './support/local-set.ts';
import { apply, installApi, planFor, registerClusters, runOf } from './support/manifests.ts';
import { holds, waitFor } from './support/runs.ts';
import { deploySmallApp, smallAppFiles, smallAppReady } from './support/small-app.ts';
import { objectsIn, replicasOf, workloadSpecs } from './support/workloads.ts';

const APP = 'declared';
const IN_NAMESPACE = ['-n', 'openshift-migration'];
const logs = fileURLToPath(new URL('../build/e2e/', import.meta.url));

let set: LocalSet;
let operator: OperatorProcess;

beforeAll(async () => {
  mkdirSync(logs, { recursive: true });
  set = await openLocalSet(inject('localSet'));
  await Promise.all([installApi(set.alpha), installApi(set.beta), deploySmallApp(set.alpha, APP)]);
  await smallAppReady(set.alpha, APP);
  operator = operatorProcess(set.kubeconfig, 'beta', `${logs}operator.log`);
  operator.start();
});

afterAll(async () => {
  await operator?.stop();
  await cleanUp(set, [APP]);
});

const waitForCondition = (what: string, condition: string): Promise<string> =>
  set.beta.run(['wait', what, ...IN_NAMESPACE, `--for=condition=${condition}`, '--timeout=120s']);

const conditionsOf = async (run: string): Promise<NonNullable<NonNullable<MigMigration['status']>['conditions']>> =>
  (JSON.parse(await set.beta.run(['get', 'migmigration', run, ...IN_NAMESPACE, '-o', 'json'])) as MigMigration).status?.conditions ?? [];

/** What `kubectl get` prints of one object: the cells by their heads, without the age. */
const columnsOf = async (what: string): Promise<Record<string, string>> => {
  const [heads = '', row = ''] = (await set.beta.run(['get', what, ...IN_NAMESPACE])).split('\n');
  const starts = [...heads.matchAll(/\S+/g)].map(({ index, 0: name }) => ({ index, name }));
  const cells = starts.map(({ index, name }, at) => [name, row.slice(index, starts[at + 1]?.index).trim()]);
  return Object.fromEntries(cells.filter(([name]) => name !== 'AGE'));
};

const SUCCEEDED = {
  type: 'Succeeded',
  status: 'True',
  category: 'Advisory',
  durable: true,
  reason: 'Completed',
  message: 'The migration has completed successfully.',
};

test('clusters, repository and plan that were applied as manifests become ready', async () => {
  await registerClusters(set);
  await apply(set.beta, planFor(APP, APP));
  for (const what of ['migcluster/source-cluster', 'migcluster/host', 'migstorage/replication-repository', `migplan/${APP}`])
    await waitForCondition(what, 'Ready');
  expect(await columnsOf(`migplan/${APP}`)).toMatchObject({ NAME: APP, READY: 'True', SOURCE: 'source-cluster', TARGET: 'host' });
});

test('a stage copies the volumes while the application keeps running', async () => {
  const workloads = await workloadSpecs(set.alpha, APP);
  await apply(set.beta, runOf(APP, 'stage', { stage: true, quiescePods: false }));
  await waitForCondition('migmigration/stage', 'Succeeded');
  expect(await columnsOf('migmigration/stage')).toMatchObject({ PLAN: APP, STAGE: 'true', ITINERARY: 'Stage', PHASE: 'Completed' });
  expect(await conditionsOf('stage')).toContainEqual(expect.objectContaining(SUCCEEDED));
  expect(await workloadSpecs(set.alpha, APP)).toEqual(workloads);
  expect(await objectsIn(set.beta, APP)).toEqual(['persistentvolumeclaim/data']);
});

test('a cutover that is canceled in the middle leaves the source awake exactly as it was', async () => {
  const workloads = await workloadSpecs(set.alpha, APP);
  const held = runOf(APP, 'canceled') as MigMigration;
  held.metadata.annotations = { 'godwit.io/hold-before': 'EnsureFinalRestore' };
  await apply(set.beta, held);
  await waitForCondition('migmigration/canceled', 'Held');
  expect(await replicasOf(set.alpha, APP)).toEqual({ 'Deployment small': 0 });

  await set.beta.run(['patch', 'migmigration', 'canceled', ...IN_NAMESPACE, '--type=merge', '-p', '{"spec":{"canceled":true}}']);
  await waitForCondition('migmigration/canceled', 'Canceled');
  const ended = await waitFor<MigMigration>(
    set.beta,
    'migmigrations',
    ({ metadata, status }) => metadata.name === 'canceled' && status?.phase === 'Completed',
    AbortSignal.timeout(60_000),
  );
  expect(holds(ended, 'Succeeded')).toBe(false);
  await smallAppReady(set.alpha, APP);
  expect(await workloadSpecs(set.alpha, APP)).toEqual(workloads);
  expect(await objectsIn(set.beta, APP)).toEqual(['persistentvolumeclaim/data']);
});

test('a cutover moves the application, and its conditions are those that clients know', async () => {
  const files = await smallAppFiles(set.alpha, APP);
  await apply(set.beta, runOf(APP, 'cutover'));
  await waitForCondition('migmigration/cutover', 'Succeeded');
  expect(await columnsOf('migmigration/cutover')).toMatchObject({ PLAN: APP, STAGE: 'false', ITINERARY: 'Final', PHASE: 'Completed' });
  expect(await conditionsOf('cutover')).toEqual([
    { ...SUCCEEDED, lastTransitionTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) },
  ]);
  await smallAppReady(set.beta, APP);
  expect(await smallAppFiles(set.beta, APP)).toBe(files);
  expect(await replicasOf(set.alpha, APP)).toEqual({ 'Deployment small': 0 });
});
