import type { DirectVolumeMigration, MigMigration } from '@godwit/api';
import { execInNode, startComponent, stopComponent } from '@godwit/devcluster';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { cleanUp } from './support/clean-up.ts';
import { godwit, migrateArguments } from './support/godwit.ts';
import { type LocalSet, openLocalSet } from './support/local-set.ts';
import { installApi } from './support/manifests.ts';
import { holds, waitFor } from './support/runs.ts';
import { says } from './support/says.ts';
import { deploySmallApp, smallAppFiles, smallAppReady } from './support/small-app.ts';
import { objectsIn, workloadSpecs } from './support/workloads.ts';

const [UNPULLABLE, FULL, STORELESS, CUT_OFF] = ['unpullable', 'full', 'storeless', 'cut-off'];
const APPS = { [UNPULLABLE]: 1, [FULL]: 48, [STORELESS]: 1, [CUT_OFF]: 1 };
const VOLUMES = '/tmp/hostpath_pv';
const within = () => AbortSignal.timeout(120_000);

let set: LocalSet;

beforeAll(async () => {
  set = await openLocalSet(inject('localSet'));
  await installApi(set.beta);
  for (const [namespace, megabytes] of Object.entries(APPS)) await deploySmallApp(set.alpha, namespace, { megabytes });
  await Promise.all(Object.keys(APPS).map((namespace) => smallAppReady(set.alpha, namespace)));
});

afterAll(() => cleanUp(set, Object.keys(APPS)));

const planOf = (namespace: string): string => `alpha-beta-${namespace}`;

/** Waits until the run of a namespace is as described. */
const runOf = (namespace: string, is: (run: MigMigration) => boolean): Promise<MigMigration> =>
  waitFor<MigMigration>(set.beta, 'migmigrations', (run) => run.spec.migPlanRef?.name === planOf(namespace) && is(run), within());

/** Lets a run that stands before a phase go on. */
const release = ({ metadata }: MigMigration): Promise<string> =>
  set.beta.run(['annotate', 'migmigration', metadata.name ?? '', '-n', 'openshift-migration', 'godwit.io/hold-before-']);

test('a transfer image that no node can pull is named by a condition, and a cancel leaves the source untouched', async () => {
  const workloads = await workloadSpecs(set.alpha, UNPULLABLE);
  const image = 'localhost/godwit/missing:0';
  const migration = godwit(set, migrateArguments(set, UNPULLABLE, [`--transfer-image=${image}`]));
  const isOfApp = ({ spec }: DirectVolumeMigration) => spec.persistentVolumeClaims?.[0]?.namespace === UNPULLABLE;
  const { status } = await waitFor<DirectVolumeMigration>(
    set.beta,
    'directvolumemigrations',
    (dvm) => isOfApp(dvm) && holds(dvm, 'TransferImageNotPulled'),
    within(),
  );
  expect(status?.conditions?.find(({ type }) => type === 'TransferImageNotPulled')?.message).toContain(`cannot get image ${image}`);

  const { exitCode } = await godwit(set, ['run', 'cancel', `${planOf(UNPULLABLE)}-1`, '--context=beta']);
  expect(exitCode).toBe(0);
  expect((await migration).exitCode).toBe(3);
  expect(await workloadSpecs(set.alpha, UNPULLABLE)).toEqual(workloads);
  expect(await objectsIn(set.beta, UNPULLABLE)).toEqual(['persistentvolumeclaim/data']);
});

test('a target disk that fills up while it is copied to fails the run with the name of the volume, and the source is awake', async () => {
  const workloads = await workloadSpecs(set.alpha, FULL);
  const filling = `fallocate -l $(( ($(df --output=avail -B1 ${VOLUMES} | tail -n 1) - 16 * 1024 * 1024) )) ${VOLUMES}/filling`;
  await execInNode(set.id, 'beta', ['sh', '-c', filling]);
  try {
    const { exitCode, all } = await godwit(set, migrateArguments(set, FULL));
    expect(exitCode, all).toBe(3);
    expect(all).toContain(`The target volume ${FULL}/data is full`);
  } finally {
    await execInNode(set.id, 'beta', ['rm', '-f', `${VOLUMES}/filling`]);
  }
  const run = await runOf(FULL, ({ status }) => status?.phase === 'Completed');
  expect(holds(run, 'Failed')).toBe(true);
  await smallAppReady(set.alpha, FULL);
  expect(await workloadSpecs(set.alpha, FULL)).toEqual(workloads);
});

test('an object store that is away while the backup is written delays the migration, which completes', async () => {
  const files = await smallAppFiles(set.alpha, STORELESS);
  const migration = godwit(set, ['--verbose', ...migrateArguments(set, STORELESS, ['--hold-before=EnsureInitialBackup'])]);
  const held = await runOf(STORELESS, (run) => holds(run, 'Held'));
  await stopComponent(set.id, undefined, 'minio');
  try {
    await Promise.all([says(migration, 'Interrupted by an outage; trying again'), release(held)]);
  } finally {
    await startComponent(set.id, undefined, 'minio');
  }
  const { exitCode, all } = await migration;
  expect(exitCode, all).toBe(0);
  expect(await smallAppFiles(set.beta, STORELESS)).toBe(files);
});

test('an API server of the source that is away in the middle delays the migration, which completes', async () => {
  const files = await smallAppFiles(set.alpha, CUT_OFF);
  const migration = godwit(set, migrateArguments(set, CUT_OFF, ['--hold-before=QuiesceSourceApplications']));
  const held = await runOf(CUT_OFF, (run) => holds(run, 'Held'));
  await stopComponent(set.id, 'alpha', 'kube-apiserver');
  try {
    await release(held);
    await runOf(CUT_OFF, ({ status }) => (status?.phases ?? []).some(({ reason }) => reason === 'Retrying'));
  } finally {
    await startComponent(set.id, 'alpha', 'kube-apiserver');
  }
  const { exitCode, all } = await migration;
  expect(exitCode, all).toBe(0);
  expect(await smallAppFiles(set.beta, CUT_OFF)).toBe(files);
});
