import { join } from 'node:path';
import {
  Backup,
  ConfigMap,
  DeleteBackupRequest,
  ImageBasedUpgrade,
  ImageBasedUpgradeReport,
  Namespace,
  PersistentVolume,
  Restore,
  upgradeAnnotations,
  upgradeLabels,
  upgradeMessages,
} from '@godwit/api';
import { programPath } from '@godwit/devcluster';
import type { Resource } from '@godwit/kube';
import { clusterPair, eventually } from '@godwit/testkit';
import { execa } from 'execa';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { readText, writeText } from '../carried/files.ts';
import { agentFiles } from '../carried/paths.ts';
import { agentOn, ask, looksLike, nudge, scripted, upgradeName, working } from '../controller/agent.fixture.ts';
import { deploymentsOf, hostDouble } from '../controller/host-double.fixture.ts';
import { readSettings, writeSettings } from '../rollback/deadline.ts';
import { conditions } from '../stage/conditions.fixture.ts';
import { autoRollbackConfig } from '../stateroot/auto-rollback.ts';

const { host: cluster, controlPlanes } = await clusterPair();
const kubectlPath = await programPath('kubectl');
const namespace = 'openshift-adp';
const at = (name: string) => ({ namespace, name });
const ownedBy = (id: string) => ({ [upgradeLabels.clusterId]: id });

const IDLE = { conditions: ['Idle=True:Idle'], next: ['Prep'], observed: true };
const UPGRADED = conditions(
  'Idle=False:InProgress:In progress',
  'PrepCompleted=True:Completed',
  'UpgradeInProgress=False:Completed:Upgrade completed',
  'UpgradeCompleted=True:Completed:Upgrade completed',
);

/** A node on which the upgrade to 4.15.0 is completed, as cluster1. */
const upgradedNode = async () => {
  const node = hostDouble('*rhcos_4.15.0', 'rhcos');
  await writeText(join(node.root, agentFiles.clusterId), 'cluster1');
  await cluster.create(ImageBasedUpgrade, {
    apiVersion: 'lca.openshift.io/v1',
    kind: 'ImageBasedUpgrade',
    metadata: { ...upgradeName, annotations: { [upgradeAnnotations.validationWarning]: 'x' } },
    spec: { stage: 'Upgrade', seedImageRef: { version: '4.15.0' } },
  });
  const status = { conditions: UPGRADED, validNextStages: ['Idle', 'Rollback'], rollbackAvailabilityExpiration: '2030-02-01T00:00:00Z' };
  await cluster.patch(ImageBasedUpgrade, upgradeName, { status }, { subresource: 'status' });
  return node;
};

const aBackup = (name: string, clusterId: string, annotations: Record<string, string> = {}) =>
  cluster.create(Backup, {
    apiVersion: 'velero.io/v1',
    kind: 'Backup',
    metadata: { ...at(name), labels: ownedBy(clusterId), annotations },
    spec: {},
    status: { phase: 'Completed' },
  });

/** Stands in for Velero: answers each request once, by deleting the backup with its restores, or with an error. */
const velero = () => {
  const stop = new AbortController();
  const seen = new Set<string>();
  const state = { errors: [] as string[] };
  const remove = async (backupName: string, request: string) => {
    for (const { metadata, spec } of (await cluster.list(Restore, { namespace })).items)
      if (spec.backupName === backupName) await cluster.delete(Restore, at(metadata.name ?? ''));
    await cluster.delete(Backup, at(backupName));
    await cluster.delete(DeleteBackupRequest, at(request));
  };
  const answer = async ({ metadata, spec, status }: DeleteBackupRequest) => {
    const name = metadata.name ?? '';
    seen.add(name);
    if (status?.phase === 'Processed') return;
    if (state.errors.length === 0) await remove(spec.backupName, name);
    else await cluster.patch(DeleteBackupRequest, at(name), { status: { phase: 'Processed', errors: state.errors } });
  };
  const work = async () => {
    while (!stop.signal.aborted) {
      for (const request of (await cluster.list(DeleteBackupRequest, { namespace })).items) await answer(request);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const ended = work();
  return {
    state,
    seen,
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await ended;
    },
  };
};

beforeAll(async () => {
  await cluster.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
});

beforeEach(async () => {
  await cluster.delete(ImageBasedUpgrade, upgradeName);
  await cluster.delete(ImageBasedUpgradeReport, upgradeName);
  for (const kind of [Backup, Restore, DeleteBackupRequest] as readonly Resource[])
    for (const { metadata } of (await cluster.list(kind, { namespace })).items) await cluster.delete(kind, at(metadata.name ?? ''));
});

test('T36, D-I2 finalising removes what the upgrade made, only its own backups, and keeps the results of its restores', async () => {
  const node = await upgradedNode();
  await aBackup('acm-klusterlet', 'cluster1', {
    'lca.openshift.io/apply-label': 'v1/configmaps/openshift-adp/agent, v1/configmaps/openshift-adp/gone',
  });
  await writeSettings(node.root, autoRollbackConfig({ initMonitor: true, postRebootConfig: true }));
  await writeText(join(node.root, agentFiles.left), 'rhcos');
  await aBackup('other', 'cluster2');
  await aBackup('another', 'cluster2');
  await cluster.create(Restore, {
    apiVersion: 'velero.io/v1',
    kind: 'Restore',
    metadata: { ...at('acm-klusterlet'), finalizers: [] },
    spec: { backupName: 'acm-klusterlet' },
    status: { phase: 'Completed' },
  });
  await cluster.create(ConfigMap, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...at('agent'), labels: { [upgradeLabels.backup]: 'acm-klusterlet', kept: 'yes' } },
  });
  await cluster.create(PersistentVolume, {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'pv-1', annotations: { 'lca.openshift.io/updated-reclaim-policy': 'true' } },
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      hostPath: { path: '/x' },
      persistentVolumeReclaimPolicy: 'Retain',
    },
  });

  await using engine = velero();
  await using _agent = agentOn(cluster, node, scripted(working()));
  await ask(cluster, 'Idle');
  await eventually(() => looksLike(cluster), { client: cluster }).toEqual(IDLE);

  expect(await readSettings(node.root)).toBeUndefined();
  expect(await readText(join(node.root, agentFiles.left))).toBeUndefined();
  expect([...engine.seen]).toEqual(['acm-klusterlet']);
  expect((await cluster.list(Backup, { namespace })).items.map(({ metadata }) => metadata.name).sort()).toEqual(['another', 'other']);
  expect((await cluster.list(DeleteBackupRequest, { namespace })).items).toEqual([]);
  const columns = 'custom-columns=NAME:.metadata.name,Status:.status.phase,Reason:.status.failureReason';
  const { stdout } = await execa(kubectlPath, [
    '--kubeconfig',
    controlPlanes.host.kubeconfigPath,
    'get',
    'restores',
    '-n',
    namespace,
    '-o',
    columns,
  ]);
  expect(stdout).toMatch(/^NAME +Status +Reason\nacm-klusterlet +Completed +<none>$/);
  expect(await cluster.get(ConfigMap, at('agent'))).toMatchObject({ metadata: { labels: { kept: 'yes' } } });
  expect((await cluster.get(ConfigMap, at('agent')))?.metadata.labels).not.toHaveProperty([upgradeLabels.backup]);
  expect((await cluster.get(PersistentVolume, { name: 'pv-1' }))?.spec?.persistentVolumeReclaimPolicy).toBe('Delete');
  expect(node.deployments).toEqual(deploymentsOf('*rhcos_4.15.0'));
  const upgrade = await cluster.get(ImageBasedUpgrade, upgradeName);
  expect(upgrade?.metadata.annotations ?? {}).not.toHaveProperty([upgradeAnnotations.validationWarning]);
  expect(upgrade?.status).not.toHaveProperty('rollbackAvailabilityExpiration');
  await eventually(() => cluster.get(ImageBasedUpgradeReport, upgradeName)).toMatchObject({
    status: { history: [{ restores: [{ name: 'acm-klusterlet', phase: 'Completed' }] }] },
  });
});

test('R-065, D-I18, T46 backups that cannot be deleted are told in the seed document’s words, and the annotation tries again', async () => {
  const node = await upgradedNode();
  await aBackup('app', 'cluster1');
  await using engine = velero();
  engine.state.errors = ['S3 does not answer'];
  await using _agent = agentOn(cluster, node, scripted(working()));
  await ask(cluster, 'Idle');
  await eventually(async () => (await looksLike(cluster)).conditions.at(-1)).toBe(
    `Idle=False:FinalizeFailed:failed to delete all the backup CRs. ${upgradeMessages.manualCleanup}`,
  );
  expect((await looksLike(cluster)).next).toBeUndefined();
  const report = await cluster.get(ImageBasedUpgradeReport, upgradeName);
  expect(report?.status?.findings).toMatchObject([
    {
      code: 'BackupNotDeleted',
      object: 'Backup openshift-adp/app',
      message: 'deleteBackupRequest app failed with errors: [S3 does not answer]',
    },
  ]);
  // what could be cleaned up is
  expect(node.deployments).toEqual(deploymentsOf('*rhcos_4.15.0'));

  engine.state.errors = [];
  await nudge(cluster, { [upgradeAnnotations.manualCleanupDone]: '' });
  await eventually(() => looksLike(cluster), { client: cluster }).toEqual(IDLE);
  const upgrade = await cluster.get(ImageBasedUpgrade, upgradeName);
  expect(upgrade?.metadata.annotations).not.toHaveProperty([upgradeAnnotations.manualCleanupDone]);
  await eventually(async () => (await cluster.get(ImageBasedUpgradeReport, upgradeName))?.status?.findings ?? []).toEqual([]);
});

test('G-I22 it is tried again without the annotation, too', async () => {
  const node = await upgradedNode();
  node.broken.set('removeStateroot', new Error('busy'));
  await using _agent = agentOn(cluster, node, scripted(working()));
  await ask(cluster, 'Idle');
  await eventually(async () => (await looksLike(cluster)).conditions.at(-1)).toBe(
    `Idle=False:FinalizeFailed:failed to remove 1 stateroots ${upgradeMessages.manualCleanup}`,
  );
  node.broken.clear();
  await eventually(() => looksLike(cluster), { client: cluster, seconds: 50 }).toEqual(IDLE);
});

test('G-I23 a request that is there already is taken over', async () => {
  const node = await upgradedNode();
  await aBackup('app', 'cluster1');
  await cluster.create(DeleteBackupRequest, {
    apiVersion: 'velero.io/v1',
    kind: 'DeleteBackupRequest',
    metadata: at('app'),
    spec: { backupName: 'app' },
  });
  await using _agent = agentOn(cluster, node, scripted(working()));
  await ask(cluster, 'Idle');
  await eventually(() => cluster.get(DeleteBackupRequest, at('app'))).toMatchObject({ metadata: { labels: ownedBy('cluster1') } });
  await using _engine = velero();
  await eventually(() => looksLike(cluster), { client: cluster }).toEqual(IDLE);
});
