import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Backup, ConfigMap, ImageBasedUpgrade, ImageBasedUpgradeReport, Namespace, OADP_NAMESPACE, Restore } from '@godwit/api';
import type { Client } from '@godwit/kube';
import { clusterPair, eventually } from '@godwit/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { remove } from '../carried/files.ts';
import { agentOn, ask, nudge, scripted, upgradeName, working } from '../controller/agent.fixture.ts';
import { handedOver } from '../first-boot/places.ts';
import { rollbackHandler } from '../rollback/rollback-handler.ts';
import { conditionOf } from '../stage/stage-conditions.ts';
import { AFTER, BEFORE, haveNode, havePrepared, type PreparedNode, preparedNode } from './node.fixture.ts';
import { upgradeHandler } from './upgrade-handler.ts';

const { host: cluster } = await clusterPair();
await cluster.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: OADP_NAMESPACE } });

const handlers = { ...scripted(working()), Upgrade: upgradeHandler, Rollback: rollbackHandler };
const agent = ({ host }: PreparedNode) => agentOn(cluster, host, handlers);

const status = async () => (await cluster.get(ImageBasedUpgrade, upgradeName))?.status;
const condition = async (type: string) => conditionOf((await status())?.conditions ?? [], type);
const patient = { seconds: 60, client: cluster };
const says = (type: string, message: string | RegExp) => eventually(async () => (await condition(type))?.message, patient).toMatch(message);
const offers = (...stages: string[]) => eventually(async () => (await status())?.validNextStages, patient).toEqual(stages);
const boots = (node: PreparedNode, stateroot: string) => eventually(node.booted, patient).toBe(stateroot);
const annotate = (annotations: Record<string, string>) => cluster.patch(ImageBasedUpgrade, upgradeName, { metadata: { annotations } });

const inOadp = (name: string) => ({ namespace: OADP_NAMESPACE, name });
const oadp = { oadpContent: [inOadp('oadp')] };
const extras = { extraManifests: [inOadp('extra')] };

const velero = (kind: string, name: string, spec: object): string =>
  JSON.stringify({ apiVersion: 'velero.io/v1', kind, metadata: inOadp(name), spec });

const haveConfigMap = async (name: string, text: string): Promise<void> => {
  await cluster.delete(ConfigMap, inOadp(name));
  await cluster.create(ConfigMap, { apiVersion: 'v1', kind: 'ConfigMap', metadata: inOadp(name), data: { 'a.yaml': text } });
};

/** Stands in for whoever backs up: says how the work of this name has ended. */
const end = async (kind: typeof Backup | typeof Restore, name: string, phase: string): Promise<void> => {
  await eventually(() => cluster.get(kind as typeof Backup, inOadp(name)), patient).toBeDefined();
  await cluster.patch(kind as typeof Backup, inOadp(name), { status: { phase } });
  await nudge(cluster);
};

/** Goes through the pivot and, simulated, the first boot, whose units take what was handed over. */
const pivoted = async (spec: object = {}): Promise<PreparedNode> => {
  const node = await preparedNode();
  await havePrepared(cluster, spec);
  {
    await using _agent = agent(node);
    await ask(cluster, 'Upgrade');
    if ('oadpContent' in spec) await end(Backup, 'shop', 'Completed');
    await boots(node, AFTER);
  }
  await remove(join(node.host.root, handedOver.folder));
  return node;
};

beforeEach(async () => {
  for (const kind of [Backup, Restore]) await cluster.delete(kind, inOadp('shop'));
  await cluster.delete(ImageBasedUpgradeReport, upgradeName);
  await haveConfigMap('oadp', `${velero('Backup', 'shop', {})}\n---\n${velero('Restore', 'shop', { backupName: 'shop' })}`);
  await haveConfigMap(
    'extra',
    JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: inOadp('carried'), data: { colour: 'blue' } }),
  );
  await haveNode(cluster);
});

describe('before the pivot', () => {
  test('T39 an unhealthy cluster is waited for', async () => {
    const node = await preparedNode();
    await haveNode(cluster, false);
    await havePrepared(cluster);
    await using _agent = agent(node);
    await ask(cluster, 'Upgrade');
    await says(
      'UpgradeInProgress',
      /^Waiting for system to stabilize before Upgrade \(pre-pivot\) stage can continue: .*node is not yet ready: site/,
    );
    await offers('Idle');
    expect(await node.booted()).toBe(BEFORE);
  });

  test('T40 a ConfigMap that is gone, and a Backup that fails, end the upgrade; the node stays', async () => {
    const node = await preparedNode();
    await havePrepared(cluster, { oadpContent: [inOadp('nowhere')] });
    {
      await using _agent = agent(node);
      await ask(cluster, 'Upgrade');
      await says('UpgradeInProgress', /^error while getting sorted backups from configmap: OADP configmap not found/);
      expect(await condition('UpgradeCompleted')).toMatchObject({ status: 'False', reason: 'Failed', message: 'Upgrade failed' });
    }
    await havePrepared(cluster, oadp);
    await using _agent = agent(node);
    await ask(cluster, 'Upgrade');
    await end(Backup, 'shop', 'PartiallyFailed');
    await says('UpgradeInProgress', 'Failed backup CRs: shop');
    expect(await node.booted()).toBe(BEFORE);
  });

  test('what the new release needs is handed over, then the node reboots into it (D-I15, D-I17)', async () => {
    const node = await preparedNode();
    await havePrepared(cluster, { ...oadp, ...extras });
    await using _agent = agent(node);
    await annotate({ 'auto-rollback-on-failure.lca.openshift.io/post-reboot-config': 'Disabled' });
    await ask(cluster, 'Upgrade');
    await says('UpgradeInProgress', 'Backup of Application Data is in progress');
    await end(Backup, 'shop', 'Completed');
    await boots(node, AFTER);

    const read = (path: string) => JSON.parse(node.read(AFTER, path) ?? 'null');
    expect(read('var/opt/openshift/cluster-configuration/manifest.json')).toMatchObject({
      api_version: 1,
      hostname: 'site',
      node_ip: '192.0.2.1',
      node_labels: { 'node-role.kubernetes.io/control-plane': '', colour: 'blue' },
    });
    expect(node.read(AFTER, 'var/opt/openshift/kubeconfig-crypto/ca.crt')).toBe('authority');
    expect(node.read(AFTER, `var/opt/OADP/veleroRestore/restore1/1_shop_${OADP_NAMESPACE}.yaml`)).toContain('backupName: shop');
    expect(node.read(AFTER, `var/opt/extra-manifests/group1/1_ConfigMap_carried_${OADP_NAMESPACE}.yaml`)).toContain('colour: blue');
    const settings = read('var/lib/lca/autorollback_config.json');
    expect(settings).toMatchObject({ monitor_enabled: true, monitor_timeout: 1800, enabled_components: { postpivot: false } });
    expect(Date.parse(settings.deadline) - Date.now()).toBeGreaterThan(1_600_000);
    expect(read('var/lib/lca/ibu.json')).toMatchObject({
      spec: { stage: 'Upgrade' },
      status: { history: [{ stage: 'Upgrade', phases: [{ phase: 'PrePivot', completionTime: expect.any(String) }] }] },
    });
    const left = JSON.parse(node.read(BEFORE, 'var/lib/lca/ibu.json') ?? '{}') as ImageBasedUpgrade;
    expect(conditionOf(left.status?.conditions ?? [], 'UpgradeInProgress')).toMatchObject({
      status: 'False',
      message: 'Uncontrolled rollback',
    });
  });

  test('Idle that is asked for in the last round before the reboot aborts, and the node stays', async () => {
    const node = await preparedNode();
    await havePrepared(cluster);
    const contested: Client = {
      ...cluster,
      patch: async (resource, name, patch, options) => {
        const answer = await cluster.patch(resource, name, patch, options);
        if (resource.plural === ImageBasedUpgrade.plural && JSON.stringify(patch).includes('Exporting Cluster')) await ask(cluster, 'Idle');
        return answer;
      },
    };
    await using _agent = agentOn(contested, node.host, handlers);
    await ask(cluster, 'Upgrade');
    await offers('Prep');
    expect(await node.booted()).toBe(BEFORE);
    expect((await node.host.listDeployments()).map(({ stateroot }) => stateroot)).toEqual([BEFORE]);
  });
});

test('G-I19 what the report says of rolling back counts until the reboot, and goes along as annotations', async () => {
  const node = await preparedNode();
  await havePrepared(cluster, oadp);
  await using _agent = agent(node);
  await ask(cluster, 'Upgrade');
  await says('UpgradeInProgress', 'Backup of Application Data is in progress');
  await cluster.patch(ImageBasedUpgradeReport, upgradeName, { spec: { autoRollbackOnFailure: { on: ['PostRebootConfig'] } } });
  await end(Backup, 'shop', 'Completed');
  await boots(node, AFTER);
  expect(JSON.parse(node.read(AFTER, 'var/lib/lca/autorollback_config.json') ?? '{}')).toEqual({
    monitor_timeout: 1800,
    enabled_components: { config: true, postpivot: true },
    rollback_stateroot: BEFORE,
  });
  expect(JSON.parse(node.read(AFTER, 'var/lib/lca/ibu.json') ?? '{}')).toMatchObject({
    metadata: {
      annotations: {
        'auto-rollback-on-failure.lca.openshift.io/init-monitor': 'Disabled',
        'auto-rollback-on-failure.lca.openshift.io/upgrade-completion': 'Disabled',
      },
    },
  });
  // the round that asks for the reboot writes the report at its end
  await eventually(async () => (await cluster.get(ImageBasedUpgradeReport, upgradeName))?.status?.findings, patient).toContainEqual(
    expect.objectContaining({ code: 'RollbackSwitchChanged', severity: 'Info' }),
  );
});

describe('after the pivot', () => {
  test('T42 manifests are applied, applications restored, and nothing rolls back any more', async () => {
    const node = await pivoted({ ...oadp, ...extras });
    await using _agent = agent(node);
    await end(Restore, 'shop', 'Completed');
    await says('UpgradeCompleted', 'Upgrade completed');
    await offers('Idle', 'Rollback');
    expect((await status())?.history?.[0]?.phases?.map(({ phase }) => phase)).toEqual(['PrePivot', 'PostPivot']);
    expect(await cluster.get(ConfigMap, inOadp('carried'))).toMatchObject({ data: { colour: 'blue' } });
    expect(node.read(AFTER, 'var/lib/lca/autorollback_config.json')).toBeUndefined();
  });

  test('T42 G-I17 a failed restore rolls back by itself, and its evidence lies on the old stateroot', async () => {
    const node = await pivoted(oadp);
    {
      await using _agent = agent(node);
      await end(Restore, 'shop', 'Failed');
      await boots(node, BEFORE);
    }
    await using _agent = agent(node);
    await says('UpgradeInProgress', 'Rollback due to restore failure: Failed restore CRs: shop');
    await offers('Idle');
    expect(await condition('UpgradeCompleted')).toMatchObject({ status: 'False', message: 'Upgrade failed' });
    expect(readdirSync(join(node.host.staterootPath(BEFORE), 'var/lib/lca/evidence'))).toEqual([expect.stringContaining(AFTER)]);
  });

  test('a rollback that fails is tried again, also by an agent that has just been started', async () => {
    const node = await pivoted(oadp);
    const host = { ...node.host, setDefault: () => Promise.reject(new Error('another process holds the lock of the sysroot')) };
    {
      await using _agent = agent({ ...node, host });
      await end(Restore, 'shop', 'Failed');
      await says('UpgradeInProgress', 'Rollback due to restore failure: Failed restore CRs: shop');
      expect(await condition('UpgradeCompleted')).toMatchObject({ status: 'False', message: 'Upgrade failed' });
      await offers('Rollback');
    }
    {
      await using _agent = agent(node);
      await boots(node, BEFORE);
    }
    await using _agent = agent(node);
    await says('UpgradeInProgress', 'Rollback due to restore failure: Failed restore CRs: shop');
    await offers('Idle');
  });

  test('with upgrade-completion switched off a failure stays, and a rollback may be asked for', async () => {
    const node = await pivoted(oadp);
    await using _agent = agent(node);
    await eventually(() => cluster.get(Restore, inOadp('shop')), patient).toBeDefined();
    await annotate({ 'auto-rollback-on-failure.lca.openshift.io/upgrade-completion': 'Disabled' });
    await end(Restore, 'shop', 'Failed');
    await says('UpgradeInProgress', 'Failed restore CRs: shop');
    await offers('Rollback');
    expect(await node.booted()).toBe(AFTER);
  });
});

describe('a rollback that is asked for', () => {
  test('T43 boots the release before, and is completed there', async () => {
    const node = await pivoted();
    {
      await using _agent = agent(node);
      await says('UpgradeCompleted', 'Upgrade completed');
      await ask(cluster, 'Rollback');
      await boots(node, BEFORE);
    }
    await using _agent = agent(node);
    await says('RollbackCompleted', 'Rollback completed');
    expect(await condition('UpgradeCompleted')).toMatchObject({ status: 'False', message: 'Rollback requested' });
    await offers('Idle');
  });

  test('T43 G-I16 fails when no reboot can be asked for, and trying again completes it', async () => {
    const node = await pivoted();
    const host = { ...node.host, reboot: (_reason: string): Promise<void> => Promise.reject(new Error('no power')) };
    {
      await using _agent = agent({ ...node, host });
      await says('UpgradeCompleted', 'Upgrade completed');
      await ask(cluster, 'Rollback');
      await says('RollbackInProgress', 'no power');
      expect(await condition('RollbackCompleted')).toMatchObject({ status: 'False', message: 'Rollback failed' });
      host.reboot = node.host.reboot;
      await nudge(cluster, { 'lca.openshift.io/rollback-retry': 'yes' });
      await boots(node, BEFORE);
    }
    await using _agent = agent(node);
    await says('RollbackCompleted', 'Rollback completed');
  });

  test('a node that loses power when its boot menu has just changed completes the rollback as well', async () => {
    const node = await pivoted();
    const cut = async (...given: Parameters<typeof node.host.setDefault>) => {
      const way = await node.host.setDefault(...given);
      await node.host.reboot('power cut');
      throw new Error(`what follows ${way} never ran`);
    };
    {
      await using _agent = agent({ ...node, host: { ...node.host, setDefault: cut } });
      await says('UpgradeCompleted', 'Upgrade completed');
      await ask(cluster, 'Rollback');
      await boots(node, BEFORE);
    }
    await using _agent = agent(node);
    await says('RollbackCompleted', 'Rollback completed');
    expect(await condition('UpgradeCompleted')).toMatchObject({ status: 'False', message: 'Rollback requested' });
  });
});
