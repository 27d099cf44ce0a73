import { MigMigration, MigPlan, NAMESPACE, Namespace } from '@godwit/api';
import { aMigPlan, clusterPair, freshNamespace } from '@godwit/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { heldBy, make } from '../shared/world.fixture.ts';
import { aLandscape, aReadyPlan, change, ended, held, letGo, operating, planOf, runOf, soon, start } from './landscape.fixture.ts';
import type { Run } from './scope.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 }); // for a machine that is busy with other things

const pair = await clusterPair();
const { host, source } = pair;

let operator: AsyncDisposable;
beforeAll(async () => {
  await aLandscape(pair);
  operator = await operating(host);
  await aReadyPlan(host, 'shop', [await freshNamespace(source)]);
});
afterAll(() => operator[Symbol.asyncDispose]());

const heldByRun = (name: string) => async () => heldBy(await runOf(host, name)());
const saidBy = async (name: string) => JSON.stringify((await runOf(host, name)())?.status?.conditions);

test.each<[string, string, Partial<Run['spec']>, string, string]>([
  ['names no plan', 'no-plan', { migPlanRef: { namespace: NAMESPACE, name: '' } }, 'InvalidPlanRef/NotSet', 'set its name and namespace'],
  [
    'names a plan that is not there',
    'lost-plan',
    { migPlanRef: { namespace: NAMESPACE, name: 'gone' } },
    'InvalidPlanRef/NotFound',
    `${NAMESPACE}/gone`,
  ],
  ['contradicts itself', 'contradiction', { stage: true, rollback: true }, 'InvalidSpec/NotSupported', 'stage and rollback'],
  ['asks for what this version cannot do', 'state', { migrateState: true }, 'InvalidSpec/NotSupported', 'spec.migrateState of the run'],
])('a run that %s is refused by name and does nothing', async (_title, name, spec, condition, said) => {
  await start(host, { name, plan: 'shop', ...spec });
  await soon(heldByRun(name)).toEqual([condition]);
  expect(await saidBy(name)).toContain(said);
  const run = await runOf(host, name)();
  expect(run?.status?.itinerary).toBeUndefined();
  expect(run?.metadata.finalizers).toBeUndefined();
});

test('a run waits for its plan to be ready, and starts when it is', async () => {
  await host.create(MigPlan, aMigPlan({ name: 'early', namespaces: ['early'] }));
  await start(host, { name: 'early-1', plan: 'early' });
  await soon(heldByRun('early-1')).toEqual(['PlanNotReady']);
  expect(await saidBy('early-1')).toContain('kubectl describe migplan early');
  await make(source, Namespace, { name: 'early' });
  await host.patch(MigPlan, { namespace: NAMESPACE, name: 'early' }, { spec: { refresh: true } });
  expect(heldBy(await ended(host, 'early-1'))).toEqual(['Succeeded/Completed']);
});

test('a run of a closed plan is refused', async () => {
  await host.create(MigPlan, aMigPlan({ name: 'closed', namespaces: ['shop'], closed: true }));
  await start(host, { name: 'closed-1', plan: 'closed' });
  await soon(heldByRun('closed-1')).toContain('PlanClosed');
});

test('runs of one plan take turns, stages first, and the end of one starts the next (G-M7)', async () => {
  await aReadyPlan(host, 'turns', [await freshNamespace(source)]);
  await start(host, { name: 'turn-1', plan: 'turns', stage: true, holdBefore: 'DeleteRegistries' });
  await held(host, 'turn-1');
  await start(host, { name: 'turn-2', plan: 'turns' });
  await soon(heldByRun('turn-2')).toEqual(['Postponed']);
  expect(await saidBy('turn-2')).toContain('until turn-1 has ended');
  await start(host, { name: 'turn-3', plan: 'turns', stage: true });
  await soon(heldByRun('turn-3')).toEqual(['Postponed']);
  await letGo(host, 'turn-1');
  const [first, second, third] = await Promise.all(['turn-1', 'turn-2', 'turn-3'].map((name) => ended(host, name)));
  expect(heldBy(second)).toEqual(['Succeeded/Completed']);
  const order = [first, third, second].map((run) => run?.status?.startTimestamp ?? '');
  expect(order).toEqual(order.toSorted());
});

test('a predecessor that is canceled or refused holds nobody up (G-M7)', async () => {
  await aReadyPlan(host, 'canceled', [await freshNamespace(source)]);
  await start(host, { name: 'first', plan: 'canceled', holdBefore: 'EnsureInitialBackup' });
  await held(host, 'first');
  await start(host, { name: 'refused', plan: 'canceled', migrateState: true });
  await start(host, { name: 'second', plan: 'canceled' });
  await soon(heldByRun('second')).toEqual(['Postponed']);
  await change(host, 'first', { canceled: true });
  expect(heldBy(await ended(host, 'second'))).toEqual(['Succeeded/Completed']);
  expect(heldBy(await ended(host, 'first'))).toEqual(['Canceled/Cancel']);
});

test('a plan that has its final migration takes no other one, until it is rolled back (G-M47)', async () => {
  const name = 'turns';
  await start(host, { name: 'late-stage', plan: name, stage: true });
  await start(host, { name: 'late-final', plan: name });
  for (const late of ['late-stage', 'late-final']) {
    await soon(heldByRun(late)).toEqual(['HasFinalMigration']);
    expect(await saidBy(late)).toContain('turn-2; roll it back first');
    await host.delete(MigMigration, { namespace: NAMESPACE, name: late });
  }
  await soon(async () => heldBy(await planOf(host, name)())).toContain('Suspended');
});
