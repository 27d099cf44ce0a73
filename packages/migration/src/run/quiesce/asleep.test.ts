import { expect, test } from 'vitest';
import { asleep, sleepOf } from './asleep.ts';
import { awake, memoryOf, sleeps } from './awake.ts';
import type { Workload } from './workload-kinds.ts';

const workload = (
  kind: string,
  spec: Workload['spec'],
  rest: Partial<Workload> & { annotations?: Record<string, string> } = {},
): Workload => ({
  apiVersion: kind === 'CronJob' || kind === 'Job' ? 'batch/v1' : 'apps/v1',
  kind,
  metadata: { namespace: 'shop', name: 'web', ...(rest.annotations ? { annotations: rest.annotations } : {}), ...rest.metadata },
  ...(spec === undefined ? {} : { spec }),
  ...(rest.status ? { status: rest.status } : {}),
});

/** Merge patch as an API server applies it, so that a round trip can be shown without one. */
const merged = (target: unknown, patch: unknown): unknown => {
  if (patch === null || typeof patch !== 'object' || Array.isArray(patch)) return patch;
  const result: Record<string, unknown> = { ...((target ?? {}) as Record<string, unknown>) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merged(result[key], value);
  }
  return result;
};

const patched = (object: Workload, effects: ReturnType<typeof asleep>): Workload =>
  effects.reduce((now, effect) => (effect.do === 'patch' ? (merged(now, effect.patch) as Workload) : now), object);

const template = { spec: { nodeSelector: { disk: 'fast' } } };

test.each<[string, Workload]>([
  ['a Deployment', workload('Deployment', { replicas: 3 })],
  ['a paused Deployment', workload('Deployment', { replicas: 2, paused: true })],
  ['a Deployment that leaves its replicas to the default', workload('Deployment', {})],
  ['a StatefulSet', workload('StatefulSet', { replicas: 1 })],
  ['a ReplicaSet of its own', workload('ReplicaSet', { replicas: 4 })],
  ['a DaemonSet with a node selector', workload('DaemonSet', { template })],
  ['a Job', workload('Job', { parallelism: 2 })],
  ['a CronJob', workload('CronJob', { suspend: false })],
])('%s sleeps, remembers, and wakes as it was', (_title, object) => {
  const slept = sleepOf(object);
  expect(slept).toBeDefined();
  if (slept === undefined) return;
  const asleepNow = patched(object, asleep('source', slept));
  expect(sleeps(asleepNow)).toBe(true);
  expect(sleepOf(asleepNow)).toBeUndefined();
  expect(memoryOf(asleepNow)).toEqual(slept);
  const awakeNow = patched(asleepNow, awake('source', asleepNow, memoryOf(asleepNow)));
  expect(sleeps(awakeNow)).toBe(false);
  expect(awakeNow.metadata.annotations ?? {}).toEqual({});
  expect({ replicas: 1, parallelism: 1, suspend: false, paused: false, ...awakeNow.spec }).toEqual({
    replicas: 1,
    parallelism: 1,
    suspend: false,
    paused: false,
    ...object.spec,
  });
});

test.each<[string, Workload]>([
  ['a Deployment at 0 replicas', workload('Deployment', { replicas: 0 })],
  ['a CronJob that its owner had suspended', workload('CronJob', { suspend: true })],
  [
    'a ReplicaSet of a Deployment',
    workload(
      'ReplicaSet',
      { replicas: 2 },
      { metadata: { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: '1' }] } },
    ),
  ],
  ['a Job that has ended', workload('Job', { parallelism: 1 }, { status: { completionTime: '2030-01-01T00:00:00Z' } })],
  ['a Job that has failed', workload('Job', { parallelism: 1 }, { status: { conditions: [{ type: 'Failed', status: 'True' }] } })],
  ['a kind that nobody can put to sleep', workload('Gadget', {})],
])('%s is left as it is', (_title, object) => {
  expect(sleepOf(object)).toBeUndefined();
});

test('the record of the run wakes a workload whose annotations somebody removed', () => {
  const bare = workload('Deployment', { replicas: 0 });
  expect(awake('source', bare, memoryOf(bare))).toEqual([]);
  const effects = awake('source', bare, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    namespace: 'shop',
    name: 'web',
    replicas: 3,
    paused: false,
  });
  expect(patched(bare, effects).spec?.replicas).toBe(3);
});

test('a ReplicaSet of a Deployment is not woken, although it carries the annotations of its Deployment', () => {
  const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: '1' }];
  const annotations = { 'migration.openshift.io/preQuiesceReplicas': '3' };
  const object = workload('ReplicaSet', { replicas: 0 }, { metadata: { namespace: 'shop', name: 'web-1', ownerReferences, annotations } });
  expect(awake('source', object, memoryOf(object))).toEqual([]);
});

test('a workload that somebody woke meanwhile keeps what it was given', () => {
  const object = workload('Deployment', { replicas: 5 }, { annotations: { 'migration.openshift.io/preQuiesceReplicas': '3' } });
  expect(awake('source', object, memoryOf(object))).toEqual([]);
});

test('an annotation that is not JSON is no memory', () => {
  const object = workload(
    'DaemonSet',
    { template: { spec: { nodeSelector: {} } } },
    { annotations: { 'migration.openshift.io/preQuiesceNodeSelector': 'broken' } },
  );
  expect(memoryOf(object)).toBeUndefined();
});
