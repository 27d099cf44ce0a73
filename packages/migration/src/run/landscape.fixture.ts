import { mkdtemp } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { MigCluster, MigMigration, MigPlan, MigStorage, NAMESPACE, Namespace } from '@godwit/api';
import { createLogger, silentLog } from '@godwit/controller';
import { accessOf, type Client, loadKubeconfig } from '@godwit/kube';
import { settingsFrom, startOperator } from '@godwit/operator';
import { aMigMigration, aMigPlan, type ClusterPair, type Eventually, type EventuallyOptions, eventually } from '@godwit/testkit';
import { aMigCluster, aToken, heldBy, make } from '../shared/world.fixture.ts';
import { pieceName } from './names.ts';
import type { Plan, Run } from './scope.ts';

/** Describes a pair of clusters and a folder on this machine as the repository; returns the folder. */
export const aLandscape = async ({ host, source, controlPlanes }: ClusterPair): Promise<string> => {
  const { ca } = accessOf(loadKubeconfig({ path: controlPlanes.source.kubeconfigPath }));
  await make(host, Namespace, { name: NAMESPACE });
  await make(source, Namespace, { name: NAMESPACE });
  await aMigCluster(host, 'source', { url: source.server, ca, token: await aToken(source, 'admin', 'cluster-admin') });
  await make(host, MigCluster, { namespace: NAMESPACE, name: 'host' }, { spec: { isHostCluster: true } });
  return aFolder(host, 'store');
};

/** A MigStorage over a fresh folder that the engine of this machine may use; returns the folder. */
export const aFolder = async (host: Client, name: string): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'godwit-store-'));
  const backupStorageConfig = { path, host: hostname() };
  await make(
    host,
    MigStorage,
    { namespace: NAMESPACE, name },
    { spec: { backupStorageProvider: 'godwit.io/filesystem', backupStorageConfig } },
  );
  return path;
};

/** All controllers and both engines in this process, working when this resolves, until it is disposed of. GODWIT_TEST_LOG=1 shows what they say. */
export const operating = async (host: Client): Promise<AsyncDisposable> => {
  const operator = startOperator({
    host,
    settings: settingsFrom({}),
    engine: 'embedded',
    allowFolders: true,
    log: process.env.GODWIT_TEST_LOG ? createLogger({ level: 'debug' }) : silentLog,
  });
  await operator.ready;
  return { [Symbol.asyncDispose]: operator.stop };
};

/** Waits as `eventually` does, long enough for a machine that is busy with other things and for the next look at a plan (60 s). */
export const soon = <T>(read: () => T | Promise<T>, options: EventuallyOptions = {}): Eventually<T> =>
  eventually(read, { seconds: 90, ...options });

const named = (name: string) => ({ namespace: NAMESPACE, name });

/** The plan of this name as it is now. */
export const planOf = (host: Client, name: string) => (): Promise<Plan | undefined> => host.get(MigPlan, named(name));

/** The run of this name as it is now. */
export const runOf = (host: Client, name: string) => (): Promise<Run | undefined> => host.get(MigMigration, named(name));

/** A plan that is ready to be run. */
export const aReadyPlan = async (
  host: Client,
  name: string,
  namespaces: string[],
  more: Pick<Plan['spec'], 'migStorageRef'> = {},
): Promise<void> => {
  await host.create(MigPlan, aMigPlan({ name, namespaces, ...more }));
  await soon(async () => heldBy(await planOf(host, name)()), { client: host }).toContain('Ready');
};

/** How a run is to be started: its name, its plan, fields of its spec, and the phases before which it is to stop. */
export type Start = { name: string; plan: string; holdBefore?: string } & Partial<Run['spec']>;

/** Starts a run. */
export const start = (host: Client, { holdBefore, ...spec }: Start): Promise<Run> => {
  const run = aMigMigration(spec);
  const annotations = holdBefore === undefined ? {} : { annotations: { 'godwit.io/hold-before': holdBefore } };
  return host.create(MigMigration, { ...run, metadata: { ...run.metadata, ...annotations } });
};

/** Changes the spec of a run. */
export const change = (host: Client, name: string, spec: Partial<Run['spec']>): Promise<Run> =>
  host.patch(MigMigration, named(name), { spec });

/** Waits until a run has ended, and returns it. */
export const ended = async (host: Client, name: string): Promise<Run> => {
  const run = await soon(runOf(host, name), { client: host }).toMatchObject({ status: { phase: 'Completed' } });
  if (run === undefined) throw new Error(`run ${name} has gone`);
  return run;
};

/** Waits until a run has stopped before the phase that it was told to stop before. */
export const held = async (host: Client, name: string): Promise<Run> => {
  const found = await soon(runOf(host, name), { client: host }).toSatisfy((run: Run | undefined) =>
    heldBy(run).includes('Held/HoldBefore'),
  );
  if (found === undefined) throw new Error(`run ${name} has gone`);
  return found;
};

/** Lets a held run go on. */
export const letGo = (host: Client, name: string): Promise<Run> =>
  host.patch(MigMigration, named(name), { metadata: { annotations: { 'godwit.io/hold-before': null } } });

/** The names that a run's Backup and Restore have. */
export const piecesOf = (run: Run) => ({ backup: named(pieceName(run, 'initial')), restore: named(pieceName(run, 'final')) });
