import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Backup, BackupStorageLocation, Restore } from '@godwit/api';
import { type ControlPlane, programPath, startControlPlane, step, toStandardError } from '@godwit/devcluster';
import { kubectlOf } from '@godwit/example-shop';
import { accessOf, type Client, connect, type KubeObject, loadKubeconfig, type Resource } from '@godwit/kube';
import { installApi } from '../../../e2e/support/manifests.ts';
import { type Engine, startEngine } from '../engine.ts';
import { createManyObjects, OBJECTS } from '../many-objects.ts';
import { median, type Result, type Row, rounded } from '../row.ts';
import { FOLDER, NAMESPACE } from '../stage.ts';
import { untilObject } from '../until.ts';
import { createNamespace } from '../volumes.ts';

const FULL = 'bench-many';
const LOCATION = 'bench';
const SAMPLES = 3;
const meta = (name: string) => ({ namespace: NAMESPACE, name });
const velero = (kind: string, name: string, spec: object) => ({ apiVersion: 'velero.io/v1', kind, metadata: meta(name), spec });

/** Backups and Restores, as far as it matters here. */
type Runs = Resource<KubeObject & { status?: { phase?: string } }>;
const OVER = ['Completed', 'PartiallyFailed', 'Failed', 'FailedValidation'];

/** Seconds from the creation of a Backup or Restore until it is over; one that did not complete is an error. */
const timed = async (client: Client, kind: Resource, name: string, spec: object): Promise<number> => {
  const resource = kind as Runs;
  const began = performance.now();
  await client.create(resource, velero(kind.kind, name, spec));
  const done = await untilObject(client, resource, {
    ...meta(name),
    seconds: 600,
    holds: ({ status }) => OVER.includes(status?.phase ?? ''),
  });
  if (done.status?.phase !== 'Completed') throw new Error(`${resource.kind} ${name} ended so: ${JSON.stringify(done.status)}`);
  return (performance.now() - began) / 1000;
};

const prepare = async (plane: ControlPlane, client: Client, folder: string): Promise<void> => {
  await installApi(kubectlOf({ program: await programPath('kubectl'), kubeconfig: plane.kubeconfigPath }));
  await createNamespace(client, FULL);
  await step(toStandardError, `create ${OBJECTS} objects`, () => createManyObjects(client, FULL));
  const spec = {
    provider: 'godwit.io/filesystem',
    default: true,
    objectStorage: { bucket: LOCATION },
    config: { path: folder, host: hostname() },
  };
  await client.create(BackupStorageLocation, velero('BackupStorageLocation', LOCATION, spec) as BackupStorageLocation);
};

type Times = { backup: number[]; restore: number[] };

const measureRuns = async (client: Client): Promise<Times> => {
  const times: Times = { backup: [], restore: [] };
  for (let at = 1; at <= SAMPLES; at += 1) {
    const name = `bench-${at}`;
    times.backup.push(await timed(client, Backup, name, { includedNamespaces: [FULL], storageLocation: LOCATION }));
    const mapping = { [FULL]: `bench-restored-${at}` };
    times.restore.push(await timed(client, Restore, name, { backupName: name, namespaceMapping: mapping }));
    toStandardError(`  backup ${times.backup.at(-1)?.toFixed(2)} s, restore ${times.restore.at(-1)?.toFixed(2)} s`);
  }
  return times;
};

const rate = (name: string, seconds: readonly number[], reference: number, goal: number, note: string): Result => {
  const samples = seconds.map((each) => OBJECTS / each);
  return {
    name,
    ours: median(samples),
    reference,
    unit: 'objects/s',
    referenceKind: 'recorded',
    goal: `≥ ${goal} objects/s`,
    met: median(samples) >= goal,
    samples,
    note: `${OBJECTS} ConfigMaps and Secrets of 1 KiB, from creating the object to phase Completed, into a folder, API server without nodes. ${note}`,
  };
};

const memoryOf = ({ watched, memory }: Engine, resting: number, single: number): Result => ({
  name: 'operator-memory',
  ours: resting,
  reference: 174,
  unit: 'MB',
  referenceKind: 'recorded',
  goal: '< 200 MB',
  met: resting < 200,
  samples: [resting, single, memory().peak],
  note: `Resident memory of the operator process with ${watched} ConfigMaps and Secrets watched, before the first backup; after the first backup and restore, with twice as many watched, it was ${rounded(single)} MB, and the peak over all runs ${rounded(memory().peak)} MB with ${watched + SAMPLES * OBJECTS} watched. Reference: peaks of mig-controller and Velero at rest, 98 MB and 76 MB.`,
});

const measure = async (client: Client, plane: ControlPlane): Promise<Result[]> => {
  const engine = await startEngine(plane.kubeconfigPath);
  try {
    const resting = engine.memory().now;
    const { backup, restore } = await measureRuns(client);
    return [
      rate('backup', backup, 805, 2000, 'Reference: Velero took 390 to 805 objects/s.'),
      rate('restore', restore, 46, 500, 'Into a new namespace. Reference: Velero with its client limit lifted.'),
      memoryOf(engine, resting, engine.memory().now),
    ];
  } finally {
    await engine.stop();
  }
};

/** Backup and restore of 10,000 objects by the embedded engine, and the memory that the operator takes meanwhile. */
export const manyObjects: Row = {
  name: 'many-objects',
  title: `backup and restore of ${OBJECTS} objects, and memory`,
  measure: async () => {
    mkdirSync(FOLDER, { recursive: true });
    const folder = mkdtempSync(join(tmpdir(), 'godwit-bench-backups-'));
    const plane = await startControlPlane({ name: 'bench-many', progress: toStandardError });
    const client = connect(accessOf(loadKubeconfig({ path: plane.kubeconfigPath })), { userAgent: 'godwit-bench' });
    try {
      await prepare(plane, client, folder);
      return await measure(client, plane);
    } finally {
      await client.close();
      await plane.stop();
      rmSync(folder, { recursive: true });
    }
  },
};
