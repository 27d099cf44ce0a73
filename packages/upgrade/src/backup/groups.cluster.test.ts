import { Backup, ConfigMap, DeleteBackupRequest, Namespace, OADP_NAMESPACE, PersistentVolume, Restore } from '@godwit/api';
import type { KubeObject } from '@godwit/kube';
import { freshNamespace, testCluster } from '@godwit/testkit';
import { expect, test } from 'vitest';
import { backUpGroup } from './back-up-group.ts';
import { restoreReclaimPolicies } from './reclaim-policy.ts';
import { restoreGroup } from './restore-group.ts';
import { retainVolumes } from './retain-volumes.ts';
import { readStaleBackups } from './stale-backups.ts';
import { validateOadp } from './validate-oadp.ts';

const cluster = testCluster();
const clusterId = 'cluster-1';
const parts = { cluster, clusterId };
const inOadp = (name: string) => ({ namespace: OADP_NAMESPACE, name });

const aBackup = (name: string, more: { spec?: object; applyLabel?: string; labels?: Record<string, string> } = {}): Backup => ({
  apiVersion: 'velero.io/v1',
  kind: 'Backup',
  metadata: {
    ...inOadp(name),
    ...(more.labels && { labels: more.labels }),
    ...(more.applyLabel && { annotations: { 'lca.openshift.io/apply-label': more.applyLabel } }),
  },
  spec: more.spec ?? {},
});
const aRestore = (name: string, backupName: string): Restore => ({
  apiVersion: 'velero.io/v1',
  kind: 'Restore',
  metadata: inOadp(name),
  spec: { backupName },
});
const setPhase = (kind: typeof Backup | typeof Restore, name: string, phase: string) =>
  cluster.patch<KubeObject>(kind, inOadp(name), { status: { phase } });
const none = { pending: [], progressing: [], failed: [], succeeded: [], missing: [] };

// another file of this run may have made it
await cluster.apply(Namespace, { metadata: { name: OADP_NAMESPACE } }, { fieldManager: 'test' });

test('T34 absent Backups are made and progress; then they are pending, and then what their phases say', async () => {
  const names = ['b1', 'b2', 'b3', 'b4'];
  const group = names.map((name) => aBackup(name));
  expect(await backUpGroup(parts, group)).toEqual({ ...none, progressing: names });
  expect((await cluster.get(Backup, inOadp('b1')))?.metadata.labels).toEqual({ 'config.openshift.io/clusterID': clusterId });
  expect(await backUpGroup(parts, group)).toEqual({ ...none, pending: names });
  for (const [at, phase] of ['Failed', 'InProgress', 'Completed', 'FailedValidation'].entries())
    await setPhase(Backup, names[at] ?? '', phase);
  expect(await backUpGroup(parts, group)).toEqual({ ...none, failed: ['b1', 'b4'], progressing: ['b2'], succeeded: ['b3'] });
});

test('T33 objects get the label of their Backup before it is made, and keep their own', async () => {
  const object = { namespace: 'default', name: 'labelled' };
  await cluster.create(ConfigMap, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...object, labels: { mine: 'yes' } } });
  await backUpGroup(parts, [aBackup('app', { applyLabel: 'v1/configmaps/default/labelled' })]);
  expect((await cluster.get(ConfigMap, object))?.metadata.labels).toEqual({ mine: 'yes', 'lca.openshift.io/backup': 'app' });
  expect((await cluster.get(Backup, inOadp('app')))?.spec.labelSelector?.matchLabels).toEqual({ 'lca.openshift.io/backup': 'app' });
});

test('a Backup of another cluster counts as absent: it is deleted first, and made when it is gone', async () => {
  await cluster.create(Backup, aBackup('shared', { labels: { 'config.openshift.io/clusterID': 'another' } }));
  await setPhase(Backup, 'shared', 'Completed');
  expect(await backUpGroup(parts, [aBackup('shared')])).toEqual({ ...none, progressing: ['shared'] });
  expect(await cluster.get(DeleteBackupRequest, inOadp('shared'))).toMatchObject({
    metadata: { labels: { 'config.openshift.io/clusterID': clusterId } },
    spec: { backupName: 'shared' },
  });
  expect(await readStaleBackups(cluster, clusterId, ['shared', 'other'])).toEqual({ leaving: ['shared'], errors: [] });
  await cluster.patch<KubeObject>(DeleteBackupRequest, inOadp('shared'), { status: { phase: 'Processed', errors: ['no storage'] } });
  expect(await readStaleBackups(cluster, clusterId, ['shared'])).toEqual({ leaving: [], errors: ['shared: no storage'] });
  await cluster.delete(Backup, inOadp('shared'));
  await backUpGroup(parts, [aBackup('shared')]);
  expect((await cluster.get(Backup, inOadp('shared')))?.metadata.labels).toEqual({ 'config.openshift.io/clusterID': clusterId });
});

test('a Restore is missing until its Backup is there, and is then made without what it was carried with', async () => {
  const carried = { ...aRestore('late', 'synced'), status: { phase: 'Completed' as const } };
  expect(await restoreGroup(cluster, [carried])).toEqual({ ...none, missing: ['late'] });
  await cluster.create(Backup, aBackup('synced'));
  expect(await restoreGroup(cluster, [carried])).toEqual({ ...none, progressing: ['late'] });
  expect(await restoreGroup(cluster, [carried])).toEqual({ ...none, pending: ['late'] });
  await setPhase(Restore, 'late', 'PartiallyFailed');
  expect(await restoreGroup(cluster, [carried])).toEqual({ ...none, failed: ['late'] });
});

test('D-I2 the result of an earlier upgrade is not taken for a Restore that is done', async () => {
  const record = { ...aRestore('again', 'app-again'), status: { phase: 'Completed' as const } };
  record.metadata.labels = { 'lca.openshift.io/restore-record': 'true' };
  await cluster.create(Restore, record);
  await cluster.create(Backup, aBackup('app-again'));
  // Also where somebody has copied the result into a ConfigMap, label and all.
  expect(await restoreGroup(cluster, [record])).toEqual({ ...none, progressing: ['again'] });
  expect(await restoreGroup(cluster, [record])).toEqual({ ...none, pending: ['again'] });
  await setPhase(Restore, 'again', 'Completed');
  expect(await restoreGroup(cluster, [record])).toEqual({ ...none, succeeded: ['again'] });
});

const given = async (name: string, ...objects: readonly object[]) => {
  const namespace = await freshNamespace();
  const data = { 'all.yaml': objects.map((each) => JSON.stringify(each)).join('\n---\n') };
  await cluster.create(ConfigMap, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name }, data });
  return [{ namespace, name }];
};

test('R-021 a good pair passes, also when the Backup exists, and nothing is stored', async () => {
  const refs = await given('good', aBackup('fine'), aRestore('fine', 'fine'), {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's' },
  });
  expect(await validateOadp(cluster, refs)).toEqual([]);
  expect(await cluster.get(Backup, inOadp('fine'))).toBeUndefined();
  await cluster.create(Backup, aBackup('fine'));
  expect(await validateOadp(cluster, refs)).toEqual([]);
});

test('R-021 everything that is wrong with Backups and Restores is told, in order', async () => {
  const refs = await given(
    'bad',
    aBackup('broken', { spec: { ttl: 5 } }),
    aBackup('odd', { applyLabel: 'v1/configmaps' }),
    aBackup('absent', { applyLabel: 'v1/configmaps/default/not-there' }),
    aRestore('orphan', 'nobody'),
  );
  expect(await validateOadp(cluster, refs)).toEqual([
    expect.stringMatching(
      /^Invalid backup broken detected in configmap, error: (?!.*https:).*Please update the invalid Backup in configmap\.$/s,
    ),
    'invalid apply-label obj in annotation value: v1/configmaps',
    'failed apply backup label to objects included in apply-backup annotation: configmaps "not-there" not found',
    'The backup CR nobody defined in restore CR orphan not found in OADP configmaps',
    'Both backup and restore CRs should be specified in OADP configmaps and each backup CR should be paired with a corresponding restore CR.',
  ]);
  expect(await validateOadp(cluster, [{ namespace: 'default', name: 'gone' }])).toEqual([
    'OADP configmap not found, error: configmaps "gone" not found. Please create the configmap.',
  ]);
});

test('volumes of the node are retained while they are backed up, and get their policy back', async () => {
  const volume = (name: string, provisioner: string): PersistentVolume =>
    ({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name, annotations: { 'pv.kubernetes.io/provisioned-by': provisioner } },
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadWriteOnce'],
        persistentVolumeReclaimPolicy: 'Delete',
        hostPath: { path: '/tmp/x' },
      },
    }) as PersistentVolume;
  await cluster.create(PersistentVolume, volume('ours', 'topolvm.io'));
  await cluster.create(PersistentVolume, volume('other', 'example.com'));
  const look = async (name: string) => {
    const found = await cluster.get(PersistentVolume, { name });
    return [found?.spec?.persistentVolumeReclaimPolicy, found?.metadata.annotations?.['lca.openshift.io/updated-reclaim-policy']];
  };
  await retainVolumes(cluster);
  expect([await look('ours'), await look('other')]).toEqual([
    ['Retain', 'true'],
    ['Delete', undefined],
  ]);
  await restoreReclaimPolicies(cluster);
  expect(await look('ours')).toEqual(['Delete', undefined]);
});
