import { readdir, readFile } from 'node:fs/promises';
import { ApiError, accessOf, connect, loadKubeconfig, resourcePath, watch } from '@godwit/kube';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { CustomResourceDefinition, Namespace } from './core/index.ts';
import { crds, ownKinds } from './crd/crd.ts';
import { apiVersionOf, type Kind, type Metadata } from './kind.ts';
import { DirectVolumeMigration } from './migration/direct-volume-migration.ts';
import { MigMigration } from './migration/mig-migration.ts';
import { MigPlan } from './migration/mig-plan.ts';
import { MigrationController } from './migration/migration-controller.ts';
import { parseObject } from './parse-object.ts';
import { Backup } from './velero/backup.ts';
import { Restore } from './velero/restore.ts';

declare module 'vitest' {
  interface ProvidedContext {
    kubeconfig: string;
  }
}

type Json = { apiVersion: string; kind: string; metadata: Metadata; spec?: unknown; status?: unknown };

const client = connect(accessOf(loadKubeconfig({ path: inject('kubeconfig') })));
const fieldManager = 'crds-test';
const examples = new URL('../../../examples/manifests/', import.meta.url);
let namespace = '';

const isEstablished = ({ status }: CustomResourceDefinition) =>
  status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True') ?? false;

/** Waits until every definition is served. */
const established = async (names: string[]): Promise<void> => {
  const missing = new Set(names);
  const abort = new AbortController();
  for await (const event of watch(client, CustomResourceDefinition, { signal: abort.signal })) {
    if ('object' in event && isEstablished(event.object)) missing.delete(event.object.metadata.name ?? '');
    if (missing.size === 0) abort.abort();
  }
};

/** Asks the API server whether it takes an object, unknown fields being an error; nothing is stored. */
const admitted = (kind: Kind, object: object): Promise<Json> =>
  client.request<Json>('POST', resourcePath(kind, { namespace }), { body: object, query: { dryRun: 'All', fieldValidation: 'Strict' } });

const aRun = (name: string, rest: object): MigMigration => ({
  apiVersion: apiVersionOf(MigMigration),
  kind: 'MigMigration',
  metadata: { name, namespace },
  spec: { stage: false },
  ...rest,
});

beforeAll(async () => {
  const definitions = crds();
  for (const definition of definitions) await client.apply(CustomResourceDefinition, definition, { fieldManager, force: true });
  await established(definitions.map(({ metadata }) => metadata.name ?? ''));
  const created = await client.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { generateName: 'crds-' } });
  namespace = created.metadata.name ?? '';
}, 60_000);

afterAll(async () => {
  await client.delete(Namespace, { name: namespace });
  await client.close();
});

test('the API server takes every definition and finds its schema structural', async () => {
  const { items } = await client.list(CustomResourceDefinition);
  const ours = items.filter(({ metadata }) => ownKinds.some(({ plural, group }) => metadata.name === `${plural}.${group}`));
  expect(ours).toHaveLength(ownKinds.length);
  const complaints = ours.flatMap(({ metadata, status }) =>
    (status?.conditions ?? []).filter(({ type }) => type === 'NonStructuralSchema').map(({ message }) => `${metadata.name}: ${message}`),
  );
  expect(complaints).toEqual([]);
});

const samples = async (): Promise<Json[]> => {
  const files = (await readdir(examples)).filter((name) => name.endsWith('.yaml'));
  const texts = await Promise.all(files.map((name) => readFile(new URL(name, examples), 'utf8')));
  return texts.flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as Json));
};

test('the sample manifests are taken as they are, by us and by the API server', async () => {
  const ours = (await samples()).filter(({ apiVersion }) => apiVersion === 'migration.openshift.io/v1alpha1');
  expect(ours.map(({ kind }) => kind).sort()).toEqual(['MigCluster', 'MigCluster', 'MigMigration', 'MigPlan', 'MigStorage']);
  for (const sample of ours) {
    const kind = ownKinds.find((one) => one.kind === sample.kind) as Kind;
    expect(parseObject(kind, sample)).toEqual({ ok: true, value: sample });
    const taken = await admitted(kind, { ...sample, metadata: { name: sample.metadata.name, namespace } });
    expect(taken.spec).toEqual(sample.spec);
  }
});

describe('the status of a run', () => {
  const status = {
    conditions: [
      {
        category: 'Advisory',
        durable: true,
        lastTransitionTime: '2019-08-29T01:03:40Z',
        message: 'The migration has completed successfully.',
        reason: 'Completed',
        status: 'True',
        type: 'Succeeded',
      },
    ],
    phase: 'Completed',
    startTimestamp: '2019-08-29T01:01:29Z',
  };

  test('is ignored, never refused, in a whole object', async () => {
    const created = await client.create(MigMigration, aRun('whole', { status }));
    expect(created.status).toBeUndefined();
    const wrong = { conditions: 'none' } as unknown as NonNullable<MigMigration['status']>;
    const replaced = await client.replace(MigMigration, { ...created, spec: { stage: true }, status: wrong });
    expect(replaced).toMatchObject({ spec: { stage: true } });
    expect(replaced.status).toBeUndefined();
  });

  test('is kept when it goes through the subresource, what Godwit adds included', async () => {
    await client.create(MigMigration, aRun('own', { metadata: { name: 'own', namespace, annotations: { touch: 'x' } } }));
    const added = {
      observedGeneration: 1,
      phases: [
        { name: 'EnsureInitialBackup', step: 'Backup', started: '2030-01-01T00:00:00Z', attempts: 2, reason: 'Waiting', message: 'a' },
      ],
      quiesced: [
        { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', replicas: 3, paused: true },
        { apiVersion: 'batch/v1', kind: 'Job', namespace: 'shop', name: 'mail', parallelism: 2, suspend: false },
        { apiVersion: 'apps/v1', kind: 'DaemonSet', namespace: 'shop', name: 'log', nodeSelector: { disk: 'fast' } },
      ],
    };
    const object = { metadata: { name: 'own', namespace }, status: { ...status, ...added } };
    await client.apply(MigMigration, object, { fieldManager, subresource: 'status' });
    const stored = await client.get(MigMigration, { namespace, name: 'own' });
    expect(stored?.status).toEqual({ ...status, ...added });
  });

  test('keeps numbers of volumes and the findings of a comparison', async () => {
    const dvm = { metadata: { name: 'numbers', namespace }, spec: {} };
    await client.apply(DirectVolumeMigration, dvm, { fieldManager });
    const pvcReference = { namespace: 'shop', name: 'db' };
    const progress = {
      pvcReference,
      bytesDone: 1,
      bytesTotal: 8_000_000_000_000,
      bytesPerSecond: 1.5,
      filesDone: 1,
      secondsLeft: 0.5,
      pass: 2,
    };
    const added = {
      volumes: [progress],
      verification: { files: 10, differences: [{ pvc: 'shop/db', path: 'a/b', change: 'content' }], completed: true },
    };
    await client.apply(DirectVolumeMigration, { metadata: dvm.metadata, status: added }, { fieldManager, subresource: 'status' });
    expect((await client.get(DirectVolumeMigration, { namespace, name: 'numbers' }))?.status).toEqual(added);
  });
});

describe('the objects of Velero', () => {
  const backup = {
    spec: {
      excludedNamespaces: [],
      excludedResources: [],
      hooks: { resources: [] },
      includeClusterResources: null,
      includedNamespaces: ['sock-shop'],
      includedResources: ['persistentvolumes', 'secrets', 'pods'],
      labelSelector: { matchLabels: { 'migration-included-stage-backup': '8886de4c-c9f8-11e9-95ad-0205fe66cbb6' } },
      storageLocation: 'myrepo-vpzq9',
      ttl: '720h0m0s',
      volumeSnapshotLocations: ['myrepo-wv6fx'],
    },
    status: {
      completionTimestamp: '2019-08-29T01:02:36Z',
      errors: 0,
      expiration: '2019-09-28T01:02:35Z',
      phase: 'Completed' as const,
      startTimestamp: '2019-08-29T01:02:35Z',
      validationErrors: null,
      version: 1,
      volumeSnapshotsAttempted: 0,
      volumeSnapshotsCompleted: 0,
      warnings: 0,
    },
  };
  const restore = {
    spec: {
      backupName: 'run-sz24f',
      excludedNamespaces: null,
      excludedResources: ['nodes', 'events'],
      includedNamespaces: null,
      includedResources: null,
      namespaceMapping: null,
      restorePVs: true,
      hooks: {
        resources: [
          {
            name: 'warm',
            postHooks: [{ init: { initContainers: [{ name: 'a', image: 'b', command: ['c'], resources: { limits: { cpu: 1 } } }] } }],
          },
        ],
      },
    },
    status: { errors: 0, failureReason: '', phase: 'Completed' as const, validationErrors: null, warnings: 15 },
  };

  test.each<[string, Kind, object]>([
    ['backup', Backup, backup],
    ['restore', Restore, restore],
  ])('take the status of a %s with the whole object, and null where clients send it', async (name, kind, body) => {
    const created = await client.create(kind, {
      apiVersion: 'velero.io/v1',
      kind: kind.kind,
      metadata: { name, namespace },
      ...body,
    } as never);
    expect(created).toMatchObject(body);
    const patched = await client.patch(kind, { namespace, name }, { status: { warnings: 16 } });
    expect(patched).toMatchObject({ status: { warnings: 16, phase: 'Completed' } });
  });
});

test('unknown fields are kept where upstream keeps them and pruned where upstream prunes them', async () => {
  const spec = { mig_pv_limit: '200', future: { nested: [1, 'a'] } };
  const controller = await client.create(MigrationController, {
    apiVersion: apiVersionOf(MigrationController),
    kind: 'MigrationController',
    metadata: { name: 'migration-controller', namespace },
    spec,
  });
  expect(controller.spec).toEqual(spec);
  const plan = await client.apply(MigPlan, { metadata: { name: 'plan', namespace }, spec: { closed: false } }, { fieldManager });
  const patched = await client.patch(MigPlan, { namespace, name: 'plan' }, { spec: { closed: true, future: 1 } });
  expect(plan.spec).toEqual({ closed: false });
  expect(patched.spec).toEqual({ closed: true });
});

const pool = {
  clusterName: 'demo',
  release: { image: 'registry.example/release:1' },
  platform: { type: 'None' },
  management: { upgradeType: 'Replace' },
};
const move = {
  hostedCluster: { namespace: 'clusters', name: 'demo' },
  source: { kubeconfigSecret: { name: 'alpha' } },
  store: { bucket: 'b', credentials: { name: 'a' } },
  encryptionKey: { name: 'a' },
};
const volume = { supported: { actions: [], copyMethods: [] }, selection: {} };

test.each<[string, string, unknown, boolean]>([
  ['an empty plan', 'MigPlan', {}, true],
  ['a plan with words that are not known yet', 'MigPlan', { persistentVolumes: [{ ...volume, selection: { action: 'teleport' } }] }, true],
  ['a capacity as text', 'MigPlan', { persistentVolumes: [{ ...volume, capacity: '10Gi' }] }, true],
  ['a capacity as a number', 'MigPlan', { persistentVolumes: [{ ...volume, capacity: 1024 }] }, true],
  ['a capacity as a list', 'MigPlan', { persistentVolumes: [{ ...volume, capacity: [1] }] }, false],
  ['a volume without a selection', 'MigPlan', { persistentVolumes: [{ supported: volume.supported }] }, false],
  ['a null list of namespaces in a plan', 'MigPlan', { namespaces: null }, true],
  ['a null where something is required', 'MigMigration', { stage: null }, false],
  ['a hook without a service account', 'MigPlan', { hooks: [{ reference: {}, phase: 'PreBackup', executionNamespace: 'a' }] }, false],
  ['a run that does not say whether it is a stage', 'MigMigration', {}, false],
  ['a run with a fraction of a user', 'MigMigration', { stage: true, runAsUser: 1.5 }, false],
  ['a run with a large user', 'MigMigration', { stage: true, runAsUser: 4_294_967_295 }, true],
  ['a cluster that does not say whether it is the host', 'MigCluster', { url: 'https://a' }, false],
  [
    'a direct volume migration whose claim lacks its access modes',
    'DirectVolumeMigration',
    { persistentVolumeClaims: [{ name: 'a', targetStorageClass: '' }] },
    false,
  ],
  ['a backup that names nothing', 'Backup', {}, true],
  ['a backup hook without a command', 'Backup', { hooks: { resources: [{ name: 'a', pre: [{ exec: { command: [] } }] }] } }, false],
  ['a location without a bucket', 'BackupStorageLocation', { provider: 'aws', objectStorage: {} }, false],
  [
    'a location that is opened for writing only',
    'BackupStorageLocation',
    { provider: 'aws', objectStorage: { bucket: 'b' }, accessMode: 'WriteOnly' },
    false,
  ],
  ['a request for an unknown file', 'DownloadRequest', { target: { kind: 'Log', name: 'a' } }, false],
  ['an empty server status request', 'ServerStatusRequest', {}, true],
  ['a pool with only what is required', 'NodePool', pool, true],
  ['a pool without a release', 'NodePool', { ...pool, release: undefined }, false],
  ['a pool on a platform that nobody knows', 'NodePool', { ...pool, platform: { type: 'Moon' } }, false],
  ['a pool of 2.5 nodes', 'NodePool', { ...pool, replicas: 2.5 }, false],
  ['a share of a pool as text', 'NodePool', { ...pool, management: { upgradeType: 'InPlace', inPlace: { maxUnavailable: '25%' } } }, true],
  ['a move with only what is required', 'HostedClusterMigration', move, true],
  ['a move without a store', 'HostedClusterMigration', { ...move, store: undefined }, false],
  ['a move in a mode that nobody knows', 'HostedClusterMigration', { ...move, mode: 'Half' }, false],
])('about %s our parser and the API server are of one mind', async (_title, name, spec, accepted) => {
  const kind = ownKinds.find((one) => one.kind === name) as Kind;
  const object = { apiVersion: apiVersionOf(kind), kind: name, metadata: { name: 'mind', namespace }, spec };
  const answer = await admitted(kind, object).then(
    () => 'accepted',
    (error: unknown) => (error instanceof ApiError ? error.reason : error),
  );
  expect({ ours: parseObject(kind, object).ok, servers: answer }).toEqual({ ours: accepted, servers: accepted ? 'accepted' : 'Invalid' });
});
