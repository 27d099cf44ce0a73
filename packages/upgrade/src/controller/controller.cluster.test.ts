import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Event, ImageBasedUpgrade, ImageBasedUpgradeReport } from '@godwit/api';
import { programPath } from '@godwit/devcluster';
import type { Client } from '@godwit/kube';
import { clusterPair, eventually } from '@godwit/testkit';
import { execa } from 'execa';
import { beforeEach, expect, test } from 'vitest';
import { saveCarried } from '../carried/carried-upgrade.ts';
import { agentFiles } from '../carried/paths.ts';
import { readSettings, writeSettings } from '../rollback/deadline.ts';
import { conditions } from '../stage/conditions.fixture.ts';
import { autoRollbackConfig } from '../stateroot/auto-rollback.ts';
import { agentOn, ask, looksLike, nudge, scripted, upgradeName, working } from './agent.fixture.ts';
import { deploymentsOf, hostDouble } from './host-double.fixture.ts';

const { host: cluster, controlPlanes } = await clusterPair();
const kubectlPath = await programPath('kubectl');
const getIbu = async () => (await execa(kubectlPath, ['--kubeconfig', controlPlanes.host.kubeconfigPath, 'get', 'ibu'])).stdout;

const IDLE = { conditions: ['Idle=True:Idle'], next: ['Prep'], observed: true };
const BUSY = 'Idle=False:InProgress:In progress';
const PREPARED = [BUSY, 'PrepInProgress=False:Completed:Prep completed', 'PrepCompleted=True:Completed:Prep stage completed successfully'];
const SEED = { seedImageRef: { version: '4.15.0', image: 'quay.io/a/seed:4.15.0' } };

const becomes = (expected: object) => eventually(() => looksLike(cluster), { client: cluster }).toEqual(expected);

beforeEach(async () => {
  await cluster.delete(ImageBasedUpgrade, upgradeName);
  await cluster.delete(ImageBasedUpgradeReport, upgradeName);
});

test('R-002 the upgrade appears by itself, as 2.3 has it, and comes back when it is deleted', async () => {
  await using _agent = agentOn(cluster, hostDouble('*rhcos'), scripted(working()));
  await becomes(IDLE);
  const first = await cluster.get(ImageBasedUpgrade, upgradeName);
  expect(first).toMatchObject({
    spec: { stage: 'Idle', seedImageRef: {}, autoRollbackOnFailure: {} },
    status: { observedGeneration: 1, conditions: [{ observedGeneration: 1 }] },
  });
  await cluster.delete(ImageBasedUpgrade, upgradeName);
  await eventually(async () => (await cluster.get(ImageBasedUpgrade, upgradeName))?.metadata.uid ?? first?.metadata.uid).not.toBe(
    first?.metadata.uid,
  );
  await becomes(IDLE);
});

test('from Idle through Prep, an abort and back the conditions are those of 2.4, and the columns print the last event', async () => {
  const node = hostDouble('*rhcos', 'rhcos_4.15.0');
  const script = working();
  await using _agent = agentOn(cluster, node, scripted(script));
  await becomes(IDLE);
  expect(await getIbu()).toMatch(/upgrade +\S+ +Idle +Idle +Idle$/);

  await ask(cluster, 'Prep', SEED);
  await becomes({ conditions: [BUSY, 'PrepInProgress=True:InProgress:In progress'], next: ['Idle'], observed: true });

  script.Prep = { type: 'working', message: 'Stateroot setup job in progress' };
  await nudge(cluster);
  await becomes({ conditions: [BUSY, 'PrepInProgress=True:InProgress:Stateroot setup job in progress'], next: ['Idle'], observed: true });
  expect(await getIbu()).toMatch(/upgrade +\S+ +Prep +InProgress +Stateroot setup job in progress$/);

  script.Prep = { type: 'completed', message: 'Prep stage completed successfully' };
  await nudge(cluster);
  await becomes({ conditions: PREPARED, next: ['Idle', 'Upgrade'], observed: true });
  expect(await getIbu()).toMatch(/upgrade +\S+ +Prep +Completed +Prep stage completed successfully$/);
  expect((await cluster.get(ImageBasedUpgrade, upgradeName))?.status?.history).toMatchObject([
    { stage: 'Prep', startTime: expect.any(String), completionTime: expect.any(String) },
  ]);

  await ask(cluster, 'Idle');
  await becomes(IDLE);
  expect(node.asked).toEqual(['undeploy 1 rhcos_4.15.0', 'removeStateroot rhcos_4.15.0', 'prune']);
  const { status } = (await cluster.get(ImageBasedUpgrade, upgradeName)) ?? {};
  expect(status).not.toHaveProperty('rollbackAvailabilityExpiration');
  expect(status?.history).toEqual([]);
});

test('a failed Prep says why in its last condition, and leads to Idle only', async () => {
  const script = working();
  script.Prep = { type: 'failed', message: 'failed to validate IBU spec: no space' };
  await using _agent = agentOn(cluster, hostDouble('*rhcos'), scripted(script));
  await becomes(IDLE);
  await ask(cluster, 'Prep', SEED);
  await becomes({
    conditions: [BUSY, 'PrepCompleted=False:Failed:Prep failed', 'PrepInProgress=False:Failed:failed to validate IBU spec: no space'],
    next: ['Idle'],
    observed: true,
  });
  expect(await getIbu()).toMatch(/Failed +failed to validate IBU spec: no space$/);
});

test('a Prep that is under way is aborted', async () => {
  const node = hostDouble('*rhcos', 'rhcos_4.15.0');
  await using _agent = agentOn(cluster, node, scripted(working()));
  await becomes(IDLE);
  await ask(cluster, 'Prep', SEED);
  await eventually(() => looksLike(cluster)).toMatchObject({ next: ['Idle'] });
  await ask(cluster, 'Idle');
  await becomes(IDLE);
  expect(node.deployments).toEqual(deploymentsOf('*rhcos'));
});

test('2.8 a new Prep ends the watch of an upgrade whose object was deleted after its rollback had failed', async () => {
  const node = hostDouble('*rhcos_4.15.0', 'rhcos');
  await writeSettings(node.root, autoRollbackConfig({ initMonitor: true, postRebootConfig: true }));
  await using _agent = agentOn(cluster, node, scripted(working()));
  await becomes(IDLE);
  expect(await readSettings(node.root)).toBeDefined();
  await ask(cluster, 'Prep', { seedImageRef: { version: '4.16.0', image: 'quay.io/a/seed:4.16.0' } });
  await eventually(() => looksLike(cluster)).toMatchObject({ next: ['Idle'] });
  expect(await readSettings(node.root)).toBeUndefined();
  expect(node.asked).toEqual([]);
});

test('2.8 a new upgrade keeps the release that runs, where a failed rollback has made another one boot next', async () => {
  const node = hostDouble('rhcos', '*rhcos_4.15.0');
  await writeSettings(node.root, { ...autoRollbackConfig({ initMonitor: true, postRebootConfig: true }), rollback_stateroot: 'rhcos' });
  await using _agent = agentOn(cluster, node, scripted(working()));
  await becomes(IDLE);
  expect(node.asked).toEqual(['makeWritable', 'setDefault rhcos_4.15.0']);
  expect(await readSettings(node.root)).toBeUndefined();
});

test('a Prep is aborted also while the disk takes nothing', async () => {
  const node = hostDouble('*rhcos', 'rhcos_4.15.0');
  await using _agent = agentOn(cluster, node, scripted(working()));
  await becomes(IDLE);
  mkdirSync(join(node.root, agentFiles.mirror, 'in-the-way'), { recursive: true });
  await ask(cluster, 'Prep', SEED);
  await eventually(() => looksLike(cluster)).toMatchObject({ next: ['Idle'] });
  await ask(cluster, 'Idle');
  await becomes(IDLE);
  expect(node.deployments).toEqual(deploymentsOf('*rhcos'));
});

test('2.8 deleting the upgrade while it goes on undoes nothing', async () => {
  await using _agent = agentOn(cluster, hostDouble('*rhcos'), scripted(working()));
  await becomes(IDLE);
  await ask(cluster, 'Prep', SEED);
  const busy = { conditions: [BUSY, 'PrepInProgress=True:InProgress:In progress'], next: ['Idle'], observed: true };
  await becomes(busy);
  const before = await cluster.get(ImageBasedUpgrade, upgradeName);
  await cluster.delete(ImageBasedUpgrade, upgradeName);
  const after = await eventually(() => cluster.get(ImageBasedUpgrade, upgradeName)).toMatchObject({ spec: { stage: 'Prep', ...SEED } });
  expect(after?.metadata.uid).not.toBe(before?.metadata.uid);
  await becomes(busy);
});

const UPGRADING = [...PREPARED, 'UpgradeInProgress=True:InProgress:In progress'];
const AFTER_PIVOT = { conditions: UPGRADING, next: ['Rollback'], observed: true };
const NEW_OBJECT: ImageBasedUpgrade = {
  apiVersion: 'lca.openshift.io/v1',
  kind: 'ImageBasedUpgrade',
  metadata: { name: 'upgrade' },
  spec: { stage: 'Idle', seedImageRef: {} },
};
const makeAnew = async (): Promise<void> => {
  await cluster.delete(ImageBasedUpgrade, upgradeName);
  await cluster.create(ImageBasedUpgrade, NEW_OBJECT);
};

/** A node that has just booted the new release, with what the old one has left for it. */
const pivotedNode = async () => {
  const node = hostDouble('*rhcos_4.15.0', 'rhcos');
  node.boot = 'boot-0';
  const status = {
    conditions: conditions('Idle=False:InProgress:In progress', ...UPGRADING.slice(1)),
    validNextStages: ['Idle'],
  };
  await saveCarried(node, { ...NEW_OBJECT, spec: { stage: 'Upgrade', ...SEED }, status });
  node.boot = 'boot-1';
  return node;
};

test('2.8 an upgrade that is deleted and made anew while no agent runs goes on as it was, after the pivot too', async () => {
  const node = await pivotedNode();
  {
    await using _agent = agentOn(cluster, node, scripted(working()));
    await becomes(AFTER_PIVOT);
  }
  await makeAnew();
  await using _agent = agentOn(cluster, node, scripted(working()));
  await becomes(AFTER_PIVOT);
  expect((await cluster.get(ImageBasedUpgrade, upgradeName))?.spec).toEqual({ stage: 'Upgrade', ...SEED });
  expect(node.asked).toEqual([]);
});

test('2.8 an upgrade that is deleted and made anew during a round goes on as it was', async () => {
  const node = await pivotedNode();
  const handlers = scripted(working());
  let isAnew = false;
  const Upgrade = async () => {
    if (!isAnew) await makeAnew();
    isAnew = true;
    return { type: 'working' as const, message: 'Restoring Application Data' };
  };
  await using _agent = agentOn(cluster, node, { ...handlers, Upgrade });
  await becomes({
    ...AFTER_PIVOT,
    conditions: [...PREPARED, 'UpgradeInProgress=True:InProgress:Restoring Application Data'],
  });
  expect((await cluster.get(ImageBasedUpgrade, upgradeName))?.spec).toEqual({ stage: 'Upgrade', ...SEED });
  expect(node.asked).toEqual([]);
});

test('3.5 somebody who makes an upgrade while that of another boot is put in place does not replace it, and may ask for nothing meanwhile', async () => {
  const node = await pivotedNode();
  let isAnew = false;
  const contested: Client = {
    ...cluster,
    delete: async (resource, name, options) => {
      await cluster.delete(resource, name, options);
      if (!isAnew && resource.plural === ImageBasedUpgrade.plural) await cluster.create(ImageBasedUpgrade, NEW_OBJECT);
      isAnew = true;
    },
    patch: async (resource, name, patch, options) => {
      const answer = await cluster.patch(resource, name, patch, options);
      if (resource.plural === ImageBasedUpgrade.plural && options?.type === undefined && options?.subresource === 'status')
        await expect(ask(cluster, 'Idle', { seedImageRef: {} })).rejects.toThrow('the stage transition is not permitted');
      return answer;
    },
  };
  await using _agent = agentOn(contested, node, scripted(working()));
  await becomes(AFTER_PIVOT);
  expect((await cluster.get(ImageBasedUpgrade, upgradeName))?.spec).toEqual({ stage: 'Upgrade', ...SEED });
  expect(node.asked).toEqual([]);
});

test('an object that names no version cannot abort an upgrade after the pivot: the way back is written down on disk', async () => {
  const node = hostDouble('*rhcos_4.15.0', 'rhcos');
  await writeSettings(node.root, { ...autoRollbackConfig({ initMonitor: true, postRebootConfig: true }), rollback_stateroot: 'rhcos' });
  await cluster.create(ImageBasedUpgrade, NEW_OBJECT);
  const status = { conditions: conditions('Idle=False:InProgress:In progress', ...UPGRADING.slice(1)) };
  await cluster.patch(ImageBasedUpgrade, upgradeName, { status }, { subresource: 'status' });
  await using _agent = agentOn(cluster, node, scripted(working()));
  await becomes({
    conditions: [...UPGRADING.slice(1), 'Idle=False:InvalidTransition:Transition to Idle not allowed - Rollback first'],
    next: ['Rollback'],
    observed: true,
  });
  expect(node.asked).toEqual([]);
});

test('3.5 what another boot has left wins over what the cluster holds, with its status, and its file goes', async () => {
  const node = hostDouble('*rhcos_4.15.0', 'rhcos');
  const left: ImageBasedUpgrade = {
    apiVersion: 'lca.openshift.io/v1',
    kind: 'ImageBasedUpgrade',
    metadata: { name: 'upgrade', resourceVersion: '77', uid: 'of-another-cluster', annotations: { kept: 'yes' } },
    spec: { stage: 'Upgrade', ...SEED },
    status: {
      conditions: [...conditions(...PREPARED), ...conditions('UpgradeInProgress=True:InProgress:In progress')],
      history: [{ stage: 'Prep', startTime: '2030-01-01T00:00:00Z', phases: [] }],
    },
  };
  node.boot = 'boot-0';
  await saveCarried(node, left);
  node.boot = 'boot-1';
  await cluster.create(ImageBasedUpgrade, { ...left, metadata: { name: 'upgrade' }, spec: { stage: 'Idle' } });

  await using _agent = agentOn(cluster, node, scripted(working()));
  await becomes({
    conditions: [...PREPARED, 'UpgradeInProgress=True:InProgress:In progress'],
    next: ['Rollback'],
    observed: true,
  });
  await eventually(() => cluster.get(ImageBasedUpgrade, upgradeName)).toMatchObject({
    spec: left.spec,
    metadata: { annotations: { kept: 'yes' } },
    status: { history: [{ stage: 'Prep' }, { stage: 'Upgrade' }] },
  });
  await eventually(() => existsSync(join(node.root, agentFiles.carried))).toBe(false);
});

test('what this very boot has saved is not taken back: no reboot has happened', async () => {
  const node = hostDouble('*rhcos');
  const saved = {
    ...(await cluster.create(ImageBasedUpgrade, {
      apiVersion: 'lca.openshift.io/v1',
      kind: 'ImageBasedUpgrade',
      metadata: { name: 'upgrade' },
      spec: { stage: 'Idle' },
    })),
  };
  await saveCarried(node, { ...saved, spec: { stage: 'Upgrade' } });
  await using _agent = agentOn(cluster, node, scripted(working()));
  await becomes(IDLE);
  expect(existsSync(join(node.root, agentFiles.carried))).toBe(true);
});

test('D-I4 a failed rollback is tried again, or what is booted is kept and finalised', async () => {
  const node = hostDouble('*rhcos_4.15.0', 'rhcos');
  const script = working();
  script.Rollback = { type: 'failed', message: 'set-default failed' };
  await using _agent = agentOn(cluster, node, scripted(script));
  await becomes(IDLE);
  await ask(cluster, 'Prep', SEED);
  script.Prep = { type: 'completed' };
  await nudge(cluster);
  await eventually(() => looksLike(cluster)).toMatchObject({ next: ['Idle', 'Upgrade'] });
  await ask(cluster, 'Upgrade');
  await eventually(() => looksLike(cluster)).toMatchObject({ next: ['Rollback'] });
  await ask(cluster, 'Rollback');
  await eventually(async () => (await looksLike(cluster)).conditions.slice(-2)).toEqual([
    'RollbackCompleted=False:Failed:Rollback failed',
    'RollbackInProgress=False:Failed:set-default failed',
  ]);
  expect((await looksLike(cluster)).next).toBeUndefined();

  script.Rollback = { type: 'working', message: 'Initiating rollback' };
  await nudge(cluster, { 'lca.openshift.io/rollback-retry': '' });
  await eventually(async () => (await looksLike(cluster)).conditions.at(-1)).toBe('RollbackInProgress=True:InProgress:Initiating rollback');
  const used = await cluster.get(ImageBasedUpgrade, upgradeName);
  expect(used?.metadata.annotations).not.toHaveProperty(['lca.openshift.io/rollback-retry']);

  script.Rollback = { type: 'failed', message: 'set-default failed again' };
  await nudge(cluster);
  await eventually(async () => (await looksLike(cluster)).conditions.at(-1)).toContain('again');
  await writeSettings(node.root, autoRollbackConfig({ initMonitor: true, postRebootConfig: true }));
  await nudge(cluster, { 'lca.openshift.io/accept-current-stateroot': '' });
  await eventually(() => looksLike(cluster)).toMatchObject({ next: ['Idle', 'Rollback'] });
  expect(node.asked.at(-1)).toBe('setDefault rhcos_4.15.0');
  expect(await readSettings(node.root)).toBeUndefined();
  await ask(cluster, 'Idle');
  await becomes(IDLE);
  expect(node.deployments).toEqual(deploymentsOf('*rhcos_4.15.0'));
});

test('G-I6 a misspelt annotation is told in the report and in an event, and does nothing; an unrelated one is not told', async () => {
  await using _agent = agentOn(cluster, hostDouble('*rhcos'), scripted(working()));
  await becomes(IDLE);
  await nudge(cluster, { 'lca.openshit.io/manual-cleanup-done': '', 'example.com/owner': 'me' });
  const report = await eventually(() => cluster.get(ImageBasedUpgradeReport, upgradeName)).toMatchObject({
    status: { tier: 'sysroot', bootedStateroot: 'rhcos', findings: [{ code: 'AnnotationMisspelt', severity: 'Warning' }] },
  });
  expect(report?.status?.findings?.[0]?.message).toContain('lca.openshift.io/manual-cleanup-done');
  expect((await looksLike(cluster)).conditions).toEqual(IDLE.conditions);
  const { items } = await cluster.list(Event, { namespace: 'default' });
  expect(items).toMatchObject([
    { type: 'Warning', reason: 'AnnotationMisspelt', regarding: { kind: 'ImageBasedUpgrade', name: 'upgrade' } },
  ]);
});
