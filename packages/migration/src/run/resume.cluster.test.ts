import { Backup, ConfigMap, Deployment, NAMESPACE, Namespace, Restore } from '@godwit/api';
import { startComponent, stopComponent } from '@godwit/devcluster';
import { clusterPair } from '@godwit/testkit';
import { beforeAll, expect, test, vi } from 'vitest';
import { heldBy, make } from '../shared/world.fixture.ts';
import { aLandscape, aReadyPlan, change, ended, held, letGo, operating, piecesOf, runOf, soon, start } from './landscape.fixture.ts';
import { mortal } from './mortal.fixture.ts';
import type { Run } from './scope.ts';
import { aShop, workloadsOf } from './shop.fixture.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 }); // for a machine that is busy with other things

const pair = await clusterPair();
const { host, source, controlPlanes } = pair;

beforeAll(async () => {
  await aLandscape(pair);
});

const isOver = async (name: string): Promise<boolean> => (await runOf(host, name)())?.status?.phase === 'Completed';

const helpersOf = async (): Promise<string[]> => {
  const [backups, restores] = await Promise.all([
    source.list(Backup, { namespace: NAMESPACE }),
    host.list(Restore, { namespace: NAMESPACE }),
  ]);
  return [...backups.items, ...restores.items].map(({ kind, metadata }) => `${kind} ${metadata.name} ${metadata.uid}`);
};

/** Kills the process that runs a run at each phase that it has not died in before, until the run is over. Returns the phases and every helper object that was seen. */
const killedInEachPhase = async (name: string): Promise<{ phases: string[]; helpers: Set<string> }> => {
  const phases = new Set<string>();
  const helpers = new Set<string>();
  while (!(await isOver(name))) {
    const { client, deathbed } = mortal(host, name, phases);
    await using _operator = await operating(client);
    await soon(async () => deathbed() !== undefined || (await isOver(name)), { seconds: 300 }).toBe(true);
    const phase = deathbed();
    if (phase !== undefined) phases.add(phase);
    for (const each of await helpersOf()) helpers.add(each);
  }
  return { phases: [...phases], helpers };
};

const shopOnBoth = async (plan: string): Promise<{ namespace: string; before: Record<string, object> }> => {
  const namespace = await aShop(source);
  await make(host, Namespace, { name: namespace }); // without kube-controller-manager no namespace would ever go
  await using _operator = await operating(host);
  await aReadyPlan(host, plan, [namespace]);
  return { namespace, before: await workloadsOf(source, namespace) };
};

const helpersOfRun = (run: Run, helpers: ReadonlySet<string>): string[] =>
  [...helpers]
    .filter((each) => Object.values(piecesOf(run)).some(({ name }) => each.includes(` ${name} `)))
    .map((each) => each.split(' ')[0] ?? '');

test('a cutover whose process is killed in every phase ends as if nothing had happened, with one Backup and one Restore (G-M3)', async () => {
  const { namespace, before } = await shopOnBoth('killed');
  await start(host, { name: 'killed-1', plan: 'killed', quiescePods: true });
  const { phases, helpers } = await killedInEachPhase('killed-1');
  expect(phases).toEqual(
    expect.arrayContaining(['StartRefresh', 'EnsureInitialBackup', 'QuiesceSourceApplications', 'EnsureFinalRestore']),
  );
  const run = await ended(host, 'killed-1');
  expect(heldBy(run)).toEqual(['Succeeded/Completed']);
  expect(helpersOfRun(run, helpers).sort()).toEqual(['Backup', 'Restore']);
  expect(new Set(run.status?.phases?.map(({ name }) => name)).size).toBe(run.status?.phases?.length);
  expect(await workloadsOf(host, namespace)).toEqual(before);
  expect(await host.get(ConfigMap, { namespace, name: 'settings' })).toMatchObject({ data: { color: 'blue' } });
});

test('a rollback whose process is killed in every phase takes everything back (G-M3)', async () => {
  const run = await ended(host, 'killed-1');
  const namespace = run.status?.quiesced?.[0]?.namespace ?? '';
  const moved = await workloadsOf(host, namespace);
  await start(host, { name: 'killed-back', plan: 'killed', rollback: true });
  const { phases } = await killedInEachPhase('killed-back');
  expect(phases).toEqual(expect.arrayContaining(['DeleteMigrated', 'UnQuiesceSrcApplications']));
  expect(heldBy(await ended(host, 'killed-back'))).toEqual(['Succeeded/Completed']);
  expect(await workloadsOf(host, namespace)).toEqual({});
  expect(await workloadsOf(source, namespace)).toEqual(moved);
});

test('a cancellation whose process is killed in every phase wakes the source and leaves nothing (G-M3, G-M13)', async () => {
  const { namespace, before } = await shopOnBoth('stopped');
  await start(host, { name: 'stopped-1', plan: 'stopped', quiescePods: true, holdBefore: 'DeleteRegistries' });
  const run = await (async () => {
    await using _operator = await operating(host);
    return await held(host, 'stopped-1'); // before the controllers end
  })();
  await change(host, 'stopped-1', { canceled: true });
  const { phases } = await killedInEachPhase('stopped-1');
  expect(phases).toEqual(expect.arrayContaining(['DeleteMigrated', 'DeleteBackups', 'DeleteRestores', 'UnQuiesceSrcApplications']));
  expect(heldBy(await ended(host, 'stopped-1'))).toEqual(['Canceled/Cancel']);
  expect(await workloadsOf(source, namespace)).toEqual(before);
  expect(await workloadsOf(host, namespace)).toEqual({});
  await using _operator = await operating(host);
  await soon(() => source.get(Backup, piecesOf(run).backup)).toBeUndefined();
  await soon(() => host.get(Restore, piecesOf(run).restore)).toBeUndefined();
});

test('a run sits out that the API server of the source is gone, and says what it waits for (G-M4)', async () => {
  const { namespace, before } = await shopOnBoth('outage');
  await using _operator = await operating(host);
  await start(host, { name: 'outage-1', plan: 'outage', quiescePods: true, holdBefore: 'QuiesceSourceApplications' });
  await held(host, 'outage-1');
  const { set, name } = controlPlanes.source;
  await stopComponent(set, name, 'kube-apiserver');
  await letGo(host, 'outage-1');
  const waiting = await soon(runOf(host, 'outage-1')).toMatchObject({
    status: { phase: 'QuiesceSourceApplications', phases: expect.arrayContaining([expect.objectContaining({ reason: 'Retrying' })]) },
  });
  expect(heldBy(waiting)).toEqual(['Ready', 'Running/QuiesceSourceApplications']);
  await startComponent(set, name, 'kube-apiserver');
  const run = await ended(host, 'outage-1');
  expect(run.status?.errors).toBeUndefined();
  expect(heldBy(run)).toEqual(['Succeeded/Completed']);
  expect(await workloadsOf(host, namespace)).toEqual(before);
  expect(await source.get(Deployment, { namespace, name: 'web' })).toMatchObject({ spec: { replicas: 0 } });
});
