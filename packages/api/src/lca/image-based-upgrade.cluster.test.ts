import { programPath } from '@godwit/devcluster';
import type { Client } from '@godwit/kube';
import { answerOf, clusterPair } from '@godwit/testkit';
import { execa } from 'execa';
import { beforeEach, describe, expect, test } from 'vitest';
import { ImageBasedUpgrade } from './image-based-upgrade.ts';
import { SeedGenerator } from './seed-generator.ts';

const { host: client, controlPlanes } = await clusterPair();
const kubectlPath = await programPath('kubectl');

type Spec = ImageBasedUpgrade['spec'];
type Status = NonNullable<ImageBasedUpgrade['status']>;

const name = { name: 'upgrade' };
const anUpgrade = (spec: Spec | undefined, called = 'upgrade') =>
  ({
    apiVersion: 'lca.openshift.io/v1',
    kind: 'ImageBasedUpgrade',
    metadata: { name: called },
    ...(spec === undefined ? {} : { spec }),
  }) as ImageBasedUpgrade;

const condition = (type: string, status: 'True' | 'False', reason: string, message = reason) => ({
  type,
  status,
  reason,
  message,
  lastTransitionTime: '2030-01-01T10:00:00Z',
});
const idle: Status = { conditions: [condition('Idle', 'True', 'Idle')], validNextStages: ['Prep'] };
const preparing: Status = {
  conditions: [condition('Idle', 'False', 'InProgress', 'In progress'), condition('PrepInProgress', 'True', 'InProgress', 'In progress')],
  validNextStages: ['Idle'],
};

const writeStatus = (status: Status) => client.patch(ImageBasedUpgrade, name, { status }, { subresource: 'status' });
const given = async (spec: Spec | undefined, status?: Status): Promise<void> => {
  await client.create(ImageBasedUpgrade, anUpgrade(spec));
  if (status !== undefined) await writeStatus(status);
};
const patched = (spec: Spec) => answerOf(client.patch(ImageBasedUpgrade, name, { spec }));
const kubectl = (...args: string[]) =>
  execa(kubectlPath, ['--kubeconfig', controlPlanes.host.kubeconfigPath, ...args], { reject: false, all: true });

beforeEach(async () => {
  await client.delete(ImageBasedUpgrade, name);
});

const NOT_PERMITTED =
  'the stage transition is not permitted. Please refer to status.validNextStages for valid transitions. If status.validNextStages is not present, it indicates that no transitions are currently allowed';

test('T52 there is one upgrade, and it is called upgrade', async () => {
  expect(await answerOf(client.create(ImageBasedUpgrade, anUpgrade({ stage: 'Idle' }, 'foo')))).toContain(
    "ibu is a singleton, metadata.name must be 'upgrade'",
  );
  expect(await answerOf(client.create(ImageBasedUpgrade, anUpgrade({ stage: 'Idle', seedImageRef: {} })))).toBe('accepted');
});

test('nothing is defaulted', async () => {
  await given({ stage: 'Idle', seedImageRef: {}, autoRollbackOnFailure: {} });
  expect((await client.get(ImageBasedUpgrade, name))?.spec).toEqual({ stage: 'Idle', seedImageRef: {}, autoRollbackOnFailure: {} });
});

describe('V2 to V5: what is upgraded to', () => {
  const before: Spec = {
    stage: 'Prep',
    seedImageRef: { version: '4.15.0', image: 'seed:1' },
    oadpContent: [{ name: 'a', namespace: 'b' }],
  };
  const changes: [string, Spec][] = [
    ['seedImageRef', { seedImageRef: { image: 'seed:2' } }],
    ['oadpContent', { oadpContent: [{ name: 'c', namespace: 'd' }] }],
    ['extraManifests', { extraManifests: [{ name: 'c', namespace: 'd' }] }],
    ['autoRollbackOnFailure', { autoRollbackOnFailure: { initMonitorTimeoutSeconds: 60 } }],
  ];

  test.each(changes)('cannot change while the upgrade is busy: %s', async (field, change) => {
    await given(before, preparing);
    expect(await patched(change)).toContain(`can not change spec.${field} while ibu is in progress`);
  });

  test.each(changes)('may change together with the stage that ends the work: %s', async (_field, change) => {
    await given(before, preparing);
    expect(await patched({ ...change, stage: 'Idle' })).toBe('accepted');
  });

  test.each(changes)('may change while nothing goes on, also together with the stage that begins it: %s', async (_field, change) => {
    await given({ ...before, stage: 'Idle' }, idle);
    expect(await patched({ ...change, stage: 'Prep' })).toBe('accepted');
  });

  test.each(changes)('may change before the agent has written a status: %s', async (_field, change) => {
    await given(before);
    expect(await patched(change)).toBe('accepted');
  });

  test('cannot change while a status without conditions says that nothing is allowed', async () => {
    await given(before, { observedGeneration: 1 });
    expect(await patched({ seedImageRef: { image: 'seed:2' } })).toContain('can not change spec.seedImageRef');
  });
});

describe('V6: stages', () => {
  test('T54 a stage that is not offered is refused', async () => {
    await given({ stage: 'Idle', seedImageRef: {} }, idle);
    expect(await patched({ stage: 'Upgrade' })).toContain(NOT_PERMITTED);
    expect(await patched({ stage: 'Prep' })).toBe('accepted');
  });

  test('T54 an upgrade may be created in any stage, as it must be after the pivot', async () => {
    expect(await answerOf(client.create(ImageBasedUpgrade, anUpgrade({ stage: 'Upgrade' })))).toBe('accepted');
  });

  test('no list means that nothing is allowed', async () => {
    await given({ stage: 'Rollback' }, { conditions: [condition('RollbackInProgress', 'True', 'InProgress')] });
    expect(await patched({ stage: 'Idle' })).toContain(NOT_PERMITTED);
  });

  test('a status may be written whatever it offers', async () => {
    await given({ stage: 'Prep' }, preparing);
    expect(await answerOf(writeStatus({ conditions: [], validNextStages: [] }))).toBe('accepted');
  });

  test('G-I26 an upgrade that was created without a stage can be updated and moved on', async () => {
    await given({ seedImageRef: {} }, idle);
    expect(await answerOf(writeStatus({ observedGeneration: 2 }))).toBe('accepted');
    expect(await answerOf(client.patch(ImageBasedUpgrade, name, { metadata: { annotations: { seen: 'yes' } } }))).toBe('accepted');
    expect(await patched({ stage: 'Upgrade' })).toContain(NOT_PERMITTED);
    expect(await patched({ stage: 'Prep' })).toBe('accepted');
  });

  test('G-I26 the same holds for an upgrade without any spec', async () => {
    await given(undefined, idle);
    expect(await answerOf(writeStatus({ observedGeneration: 2 }))).toBe('accepted');
    expect(await patched({ stage: 'Prep', seedImageRef: { version: '4.15.0' } })).toBe('accepted');
  });
});

test.each([
  ['an image with a space', { seedImageRef: { image: 'a b' } }, 'spec.seedImageRef.image'],
  ['an empty image', { seedImageRef: { image: '' } }, 'spec.seedImageRef.image'],
  ['an image with a scheme', { seedImageRef: { image: 'docker://quay.io/a/seed:1' } }, 'accepted'],
  ['a stage that nobody knows', { stage: 'Commit' }, 'Unsupported value: "Commit"'],
  ['a negative time', { autoRollbackOnFailure: { initMonitorTimeoutSeconds: -1 } }, 'should be greater than or equal to 0'],
  ['a ConfigMap without a namespace', { oadpContent: [{ name: 'a' }] }, 'spec.oadpContent[0].namespace'],
  ['a pull secret without a name', { seedImageRef: { pullSecretRef: {} } }, 'spec.seedImageRef.pullSecretRef.name'],
])('about %s the API server answers as upstream’s does', async (_title, spec, answer) => {
  const write = client.create(ImageBasedUpgrade, anUpgrade(spec as Spec), { dryRun: true });
  expect(await answerOf(write)).toContain(answer);
});

describe('T55 through kubectl', () => {
  const stages: [string, string, Status][] = [
    ['Prep', 'Idle', idle],
    ['Upgrade', 'Prep', { conditions: [condition('PrepCompleted', 'True', 'Completed')], validNextStages: ['Idle', 'Upgrade'] }],
    ['Rollback', 'Upgrade', { conditions: [condition('UpgradeCompleted', 'True', 'Completed')], validNextStages: ['Idle', 'Rollback'] }],
  ];
  const patch = (stage: string) => [
    'patch',
    'imagebasedupgrades.lca.openshift.io',
    'upgrade',
    `-p={"spec": {"stage": "${stage}"}}`,
    '--type=merge',
  ];

  test.each(stages)('the patch of the seed document to %s works with and without a namespace', async (stage, before, status) => {
    for (const extra of [[], ['-n', 'openshift-lifecycle-agent']]) {
      await client.delete(ImageBasedUpgrade, name);
      await given({ stage: before as 'Idle' }, status);
      expect((await kubectl(...patch(stage), ...extra)).all).toBe('imagebasedupgrade.lca.openshift.io/upgrade patched');
      expect((await client.get(ImageBasedUpgrade, name))?.spec.stage).toBe(stage);
    }
  });

  test('a refusal says what to look at', async () => {
    await given({ stage: 'Idle' }, idle);
    expect((await kubectl(...patch('Rollback'))).all).toContain(NOT_PERMITTED);
  });

  test('the short name prints age, wanted stage and the latest event', async () => {
    await given({ stage: 'Prep' }, preparing);
    expect((await kubectl('get', 'ibu', '-n', 'openshift-lifecycle-agent')).all).toMatch(
      /^NAME +AGE +DESIRED STAGE +STATE +DETAILS\nupgrade +\S+ +Prep +InProgress +In progress$/,
    );
  });
});

describe('a SeedGenerator', () => {
  const aSeed = (called: string): SeedGenerator => ({
    apiVersion: 'lca.openshift.io/v1',
    kind: 'SeedGenerator',
    metadata: { name: called },
    spec: { seedImage: 'quay.io/a/seed:1' },
  });
  const created = (on: Client, called: string) => answerOf(on.create(SeedGenerator, aSeed(called)));

  test('has one name, and cannot be changed', async () => {
    expect(await created(client, 'other')).toContain("seedgen is a singleton, metadata.name must be 'seedimage'");
    expect(await created(client, 'seedimage')).toBe('accepted');
    const change = { spec: { seedImage: 'quay.io/a/seed:2' } };
    expect(await answerOf(client.patch(SeedGenerator, { name: 'seedimage' }, change))).toContain(
      'cannot modify spec, cr must be deleted and recreated',
    );
  });

  test('prints its latest event under its short name', async () => {
    const status = { conditions: [condition('SeedGenInProgress', 'True', 'InProgress', 'Waiting for system to stabilize')] };
    await client.patch(SeedGenerator, { name: 'seedimage' }, { status }, { subresource: 'status' });
    expect((await kubectl('get', 'seedgen')).all).toMatch(
      /^NAME +AGE +STATE +DETAILS\nseedimage +\S+ +SeedGenInProgress +Waiting for system to stabilize$/,
    );
  });
});
