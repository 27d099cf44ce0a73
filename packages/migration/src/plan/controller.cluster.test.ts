import {
  BackupStorageLocation,
  ConfigMap,
  MigCluster,
  MigMigration,
  MigPlan,
  NAMESPACE,
  Namespace,
  PersistentVolume,
  PersistentVolumeClaim,
  type MigPlan as Plan,
  Pod,
  ResourceQuota,
  StorageClass,
} from '@godwit/api';
import { accessOf, loadKubeconfig } from '@godwit/kube';
import { aMigPlan, clusterPair, eventually, freshNamespace, run } from '@godwit/testkit';
import { beforeAll, expect, test } from 'vitest';
import { migClusterController } from '../cluster/controller.ts';
import { aFolderStorage, aMigCluster, aToken, aWorld, heldBy, make } from '../shared/world.fixture.ts';
import { migStorageController } from '../storage/controller.ts';
import { migPlanController } from './controller.ts';

const { host, source, controlPlanes } = await clusterPair();
const { ca } = accessOf(loadKubeconfig({ path: controlPlanes.source.kubeconfigPath }));

const controllers = () =>
  run(({ cache }) => {
    const world = aWorld(host, cache);
    return [migClusterController(world), migStorageController(world), migPlanController(world)];
  });

const plan = (name: string) => () => host.get(MigPlan, { namespace: NAMESPACE, name });
const held = (name: string) => async () => heldBy(await plan(name)());
const messages = async (name: string) => JSON.stringify((await plan(name)())?.status?.conditions);

const aClass = (name: string, isDefault: string) => ({ name, annotations: { 'storageclass.kubernetes.io/is-default-class': isDefault } });

const aBoundClaim = async (namespace: string, name: string, storageClassName = 'standard'): Promise<void> => {
  const volumeName = `${namespace}-${name}`;
  const common = { accessModes: ['ReadWriteOnce'], storageClassName };
  await make(
    source,
    PersistentVolume,
    { name: volumeName },
    { spec: { ...common, capacity: { storage: '1Gi' }, hostPath: { path: '/x' }, claimRef: { namespace, name } } },
  );
  await make(
    source,
    PersistentVolumeClaim,
    { namespace, name },
    { spec: { ...common, volumeName, resources: { requests: { storage: '1Gi' } } } },
  );
  await source.patch(PersistentVolume, { name: volumeName }, { status: { phase: 'Bound' } }, { subresource: 'status' });
  await source.patch(PersistentVolumeClaim, { namespace, name }, { status: { phase: 'Bound' } }, { subresource: 'status' });
};

const create = (name: string, namespaces: string[], more: Pick<Plan['spec'], 'srcMigClusterRef'> = {}) =>
  host.create(MigPlan, aMigPlan({ name, namespaces, ...more }));

/** The volumes of a plan, once it has found them, as a user changes them. */
const chosen = async (name: string, choice: { action?: string; storageClass?: string }) => {
  const found = await eventually(plan(name)).toMatchObject({ spec: { persistentVolumes: [{}] } });
  return (found?.spec.persistentVolumes ?? []).map((volume) => ({ ...volume, selection: { ...volume.selection, ...choice } }));
};

beforeAll(async () => {
  await make(host, Namespace, { name: NAMESPACE });
  await aMigCluster(host, 'source', { url: source.server, ca, token: await aToken(source, 'admin', 'cluster-admin') });
  await make(host, MigCluster, { namespace: NAMESPACE, name: 'host' }, { spec: { isHostCluster: true } });
  await aFolderStorage(host, 'store');
  for (const client of [host, source])
    await make(client, StorageClass, aClass('standard', 'true'), { provisioner: 'kubernetes.io/host-path' });
  await make(source, StorageClass, aClass('special', 'false'), { provisioner: 'special.csi' });
});

test('a plan finds its volumes, gets storage on both clusters and becomes ready', async () => {
  const namespace = await freshNamespace(source);
  await aBoundClaim(namespace, 'db');
  await make(
    source,
    Pod,
    { namespace, name: 'web' },
    { spec: { containers: [{ name: 'a', image: 'a' }], volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'db' } }] } },
  );
  await using _running = controllers();
  await create('ready', [namespace]);
  const found = await eventually(plan('ready'), { client: host }).toMatchObject({
    spec: {
      persistentVolumes: [
        {
          name: `${namespace}-db`,
          capacity: '1Gi',
          selection: { action: 'copy', copyMethod: 'filesystem', storageClass: 'standard' },
          pvc: { namespace, name: 'db', hasReference: true },
        },
      ],
    },
    status: {
      suffix: expect.stringMatching(/^[a-z0-9]{4}$/),
      conditions: expect.arrayContaining([
        expect.objectContaining({ type: 'Ready', status: 'True', message: 'The migration plan is ready.' }),
      ]),
    },
  });
  expect(heldBy(found)).toEqual(['PvsDiscovered/Done', 'Ready', 'StorageEnsured/Done']);
  for (const client of [host, source]) {
    const location = await client.get(BackupStorageLocation, { namespace: NAMESPACE, name: `store-${found?.status?.suffix}` });
    expect(location).toMatchObject({ metadata: { labels: { migplan: found?.metadata.uid } }, spec: { provider: 'godwit.io/filesystem' } });
  }
});

test('a refresh is answered, and keeps what the user chose', async () => {
  await using _running = controllers();
  const persistentVolumes = await chosen('ready', { action: 'skip' });
  await host.patch(MigPlan, { namespace: NAMESPACE, name: 'ready' }, { spec: { refresh: true, persistentVolumes } });
  await eventually(plan('ready')).toMatchObject({ spec: { refresh: false, persistentVolumes: [{ selection: { action: 'skip' } }] } });
  await eventually(held('ready')).toEqual(['PvsDiscovered/Done', 'Ready', 'StorageEnsured/Done']);
});

test('an action that cannot be done is not replaced, and the plan is not ready', async () => {
  const namespace = await freshNamespace(source);
  await aBoundClaim(namespace, 'db');
  await using _running = controllers();
  await create('cannot', [namespace]);
  const persistentVolumes = await chosen('cannot', { action: 'move' });
  await host.patch(MigPlan, { namespace: NAMESPACE, name: 'cannot' }, { spec: { persistentVolumes } });
  await eventually(held('cannot')).toContain('PvInvalidAction/NotDone');
  expect(await plan('cannot')()).toMatchObject({
    spec: { persistentVolumes: [{ selection: { action: 'move' } }] },
    status: { conditions: expect.arrayContaining([expect.objectContaining({ type: 'Ready', status: 'False' })]) },
  });
});

test('a namespace that the source does not have is named', async () => {
  await using _running = controllers();
  await create('nowhere', ['nowhere']);
  await eventually(held('nowhere')).toEqual(['NamespaceNotFoundOnSourceCluster/NotFound']);
  expect(await messages('nowhere')).toContain('[nowhere]');
});

test('a storage class that the destination does not have is named', async () => {
  const namespace = await freshNamespace(source);
  await aBoundClaim(namespace, 'db');
  await using _running = controllers();
  await create('no-class', [namespace]);
  const persistentVolumes = await chosen('no-class', { storageClass: 'special' });
  await host.patch(MigPlan, { namespace: NAMESPACE, name: 'no-class' }, { spec: { persistentVolumes } });
  await eventually(held('no-class')).toContain('PvInvalidStorageClass/NotDone');
});

test('a claim that is not bound is named, and no longer once it is', async () => {
  const namespace = await freshNamespace(source);
  await make(
    source,
    PersistentVolumeClaim,
    { namespace, name: 'db' },
    { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } },
  );
  await make(
    source,
    Pod,
    { namespace, name: 'web' },
    { spec: { containers: [{ name: 'a', image: 'a' }], volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'db' } }] } },
  );
  await using _running = controllers();
  await create('unbound', [namespace]);
  await eventually(held('unbound')).toEqual(['PvcNotBound/NotReady']);
  expect(await messages('unbound')).toContain(`${namespace}/db`);
  await source.delete(Pod, { namespace, name: 'web' });
  await source.delete(PersistentVolumeClaim, { namespace, name: 'db' });
  await host.patch(MigPlan, { namespace: NAMESPACE, name: 'unbound' }, { spec: { refresh: true } });
  await eventually(held('unbound')).toContain('Ready');
});

test('a quota of the destination that is too small is named with numbers', async () => {
  const namespace = await freshNamespace(source);
  await aBoundClaim(namespace, 'db');
  await make(host, Namespace, { name: namespace });
  await make(host, ResourceQuota, { namespace, name: 'small' }, { spec: { hard: { 'requests.storage': '100Mi' } } });
  await using _running = controllers();
  await create('quota', [namespace]);
  await eventually(held('quota')).toContain('QuotaExceededOnDestinationCluster/LimitExceeded');
  expect(await messages('quota')).toContain(`${namespace}/small: requests.storage needs 1Gi and has 100Mi left`);
});

test('objects of others stand in the way when they have the same names', async () => {
  const namespace = await freshNamespace(source);
  await make(host, Namespace, { name: namespace });
  await make(source, ConfigMap, { namespace, name: 'settings' }, { data: { a: '1' } });
  await make(host, ConfigMap, { namespace, name: 'theirs' });
  await using _running = controllers();
  await create('taken', [namespace]);
  await eventually(held('taken')).toContain('NamespaceNotEmptyOnDestinationCluster/NotEmpty');
  await make(host, ConfigMap, { namespace, name: 'settings' }, { data: { a: '2' } });
  await host.patch(MigPlan, { namespace: NAMESPACE, name: 'taken' }, { spec: { refresh: true } });
  await eventually(held('taken')).toContain('NamespaceNotEmptyOnDestinationCluster/Conflict');
  expect(await messages('taken')).toContain(`ConfigMap ${namespace}/settings`);
});

test('one cluster under two names is refused', async () => {
  const namespace = await freshNamespace(host);
  const hostCa = accessOf(loadKubeconfig({ path: controlPlanes.host.kubeconfigPath })).ca;
  await aMigCluster(host, 'mirror', { url: host.server, ca: hostCa, token: await aToken(host, 'admin', 'cluster-admin') });
  await using _running = controllers();
  await create('mirrored', [namespace], { srcMigClusterRef: { namespace: NAMESPACE, name: 'mirror' } });
  await eventually(held('mirrored')).toEqual(['SourceAndDestinationSameCluster/NotDistinct']);
});

test('a cluster that is not there keeps the plan from being ready', async () => {
  await aMigCluster(host, 'gone', { url: 'https://127.0.0.1:1', ca, token: 'any' });
  await using _running = controllers();
  await create('unreachable', ['shop'], { srcMigClusterRef: { namespace: NAMESPACE, name: 'gone' } });
  await eventually(held('unreachable')).toEqual(['SourceClusterNotReady']);
});

test('a plan that a migration has suspended is ready again after its source was away, so that the migration can be rolled back', async () => {
  const namespace = await freshNamespace(source);
  await aMigCluster(host, 'flickers', { url: source.server, ca, token: await aToken(source, 'admin', 'cluster-admin') });
  await using _running = controllers();
  await create('suspended', [namespace], { srcMigClusterRef: { namespace: NAMESPACE, name: 'flickers' } });
  await eventually(held('suspended')).toContain('Ready');
  const run = { namespace: NAMESPACE, name: 'suspends' };
  await make(host, MigMigration, run, { spec: { migPlanRef: { namespace: NAMESPACE, name: 'suspended' }, stage: false } });
  const succeeded = { type: 'Succeeded', status: 'True', category: 'Advisory', message: '', lastTransitionTime: new Date().toISOString() };
  await host.patch(MigMigration, run, { status: { phase: 'Completed', conditions: [succeeded] } }, { subresource: 'status' });
  await eventually(held('suspended')).toEqual([
    'MigrationTypeIdentified/NamespaceMigrationPlan',
    'PvsDiscovered/Done',
    'Ready',
    'StorageEnsured/Done',
    'Suspended',
  ]);
  await host.patch(MigCluster, { namespace: NAMESPACE, name: 'flickers' }, { spec: { url: 'https://127.0.0.1:1' } });
  await eventually(held('suspended')).toContain('SourceClusterNotReady');
  await host.patch(MigCluster, { namespace: NAMESPACE, name: 'flickers' }, { spec: { url: source.server } });
  await eventually(held('suspended')).toEqual([
    'MigrationTypeIdentified/NamespaceMigrationPlan',
    'PvsDiscovered/Done',
    'Ready',
    'StorageEnsured/Done',
    'Suspended',
  ]);
});

test('a closed plan leaves no storage location behind', async () => {
  await using _running = controllers();
  const before = await eventually(plan('ready')).toMatchObject({ status: { suffix: expect.any(String) } });
  await host.patch(MigPlan, { namespace: NAMESPACE, name: 'ready' }, { spec: { closed: true } });
  await eventually(held('ready')).toEqual(['Closed/Closed']);
  for (const client of [host, source])
    expect(await client.get(BackupStorageLocation, { namespace: NAMESPACE, name: `store-${before?.status?.suffix}` })).toBeUndefined();
});
