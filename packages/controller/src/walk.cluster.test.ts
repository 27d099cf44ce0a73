import { ConfigMap, MigMigration } from '@godwit/api';
import type { Client } from '@godwit/kube';
import { aMigMigration, eventually, freshNamespace, run, testCluster } from '@godwit/testkit';
import { expect, test } from 'vitest';
import { systemClock } from './clock.ts';
import { type Controller, keyOf, nameOf } from './controller.ts';
import type { Effect } from './effect.ts';
import { carryOut } from './effects.ts';
import { holdsOf } from './hold.ts';
import { statusPatch } from './merge-patch.ts';
import { phaseOf, pipeline } from './phase.ts';
import { advance, reason, wait } from './verdict.ts';
import { walk } from './walk.ts';
import type { Journal, Walked } from './walked.ts';

const client = testCluster();
type World = { client: Client; namespace: string };
const phase = phaseOf<World, MigMigration>();
const Started = reason('Started', () => 'the copy was started');
const Copying = reason('Copying', () => 'the copy is not done');
const Copied = reason('Copied', () => 'the copy is done');

const startCopy = phase({
  name: 'StartCopy',
  step: 'Copy',
  description: 'Starting the copy',
  observe: async ({ namespace }) => namespace,
  decide: (namespace): ReturnType<typeof advance> => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name: 'copy' } };
    return advance(Started(), [{ do: 'create', on: 'host', resource: ConfigMap, object } satisfies Effect]);
  },
});
const waitForCopy = phase({
  name: 'WaitForCopy',
  step: 'Copy',
  description: 'Waiting for the copy',
  observe: async (world) => (await world.client.get(ConfigMap, { namespace: world.namespace, name: 'copy' }))?.data?.done,
  decide: (done) => (done === 'true' ? advance(Copied()) : wait(Copying())),
});
const copy = pipeline('Copy', [startCopy, waitForCopy]);

const journalOf = ({ status }: MigMigration): Journal | undefined => {
  const record = status?.phases?.find(({ name }) => name === status.phase);
  return record && { phase: record.name, startedAt: record.started ?? '', attempts: record.attempts ?? 0, pipeline: status?.itinerary };
};

const record = async (subject: MigMigration, { journal, visits }: Walked) => {
  const before = subject.status ?? {};
  const kept = (before.phases ?? []).filter(({ name }) => !visits.some((visit) => visit.name === name));
  const phases = [
    ...kept,
    ...visits.map(({ name, step, started, completed, attempts, said }) => ({
      name,
      step,
      started,
      completed,
      attempts,
      reason: said?.reason,
      message: said?.message,
    })),
  ];
  const patch = statusPatch(before, { ...before, phase: journal?.phase, itinerary: journal?.pipeline, phases });
  if (patch) await client.patch(MigMigration, nameOf(keyOf(subject)), { status: patch }, { subresource: 'status' });
};

/** A controller as a domain writes it: it reads the run, walks, and writes what happened. */
const copyController = (namespace: string): Controller => ({
  name: 'copy',
  sources: [
    { client, resource: MigMigration, namespace, keys: (object) => [keyOf(object)] },
    { client, resource: ConfigMap, namespace, keys: () => [`${namespace}/shop-1`] },
  ],
  reconcile: async (key, { signal }) => {
    const subject = await client.get(MigMigration, nameOf(key));
    if (!subject) return undefined;
    const walked = await walk({
      pipeline: copy,
      world: { client, namespace },
      subject,
      journal: journalOf(subject),
      clock: systemClock,
      carryOut: (effects) => carryOut(effects, { host: client }, { fieldManager: 'godwit-test', signal }),
      record: (walked) => record(subject, walked),
      hold: holdsOf(subject.metadata.annotations),
    });
    return walked.after === undefined ? undefined : { after: walked.after };
  },
});

const read = (namespace: string) => () => client.get(MigMigration, { namespace, name: 'shop-1' });

test('a controller walks its pipeline, is woken by what it waits for, and another one goes on where it was stopped', async () => {
  const namespace = await freshNamespace();
  await client.create(MigMigration, aMigMigration({ namespace }));
  {
    await using _first = run(() => [copyController(namespace)]);
    await eventually(read(namespace)).toMatchObject({ status: { phase: 'WaitForCopy', itinerary: 'Copy' } });
  }
  const before = (await read(namespace)())?.status?.phases;
  await using _second = run(() => [copyController(namespace)]);
  await client.patch(ConfigMap, { namespace, name: 'copy' }, { data: { done: 'true' } });
  const done = {
    name: 'WaitForCopy',
    step: 'Copy',
    started: before?.[1]?.started,
    attempts: 1,
    reason: 'Copied',
    completed: expect.any(String),
  };
  await eventually(read(namespace)).toMatchObject({ status: { phases: [before?.[0], done] } });
});

test('a walk is held before a phase by an annotation, and goes on when it is removed', async () => {
  const namespace = await freshNamespace();
  const held = aMigMigration({ namespace });
  const annotations = { 'godwit.io/hold-before': 'StartCopy' };
  await client.create(MigMigration, { ...held, metadata: { ...held.metadata, annotations } });
  await using _running = run(() => [copyController(namespace)]);
  await eventually(read(namespace)).toMatchObject({ status: { phase: 'StartCopy', phases: [{ reason: 'Held' }] } });
  expect(await client.get(ConfigMap, { namespace, name: 'copy' })).toBeUndefined();
  await client.patch(MigMigration, { namespace, name: 'shop-1' }, { metadata: { annotations: { 'godwit.io/hold-before': null } } });
  await eventually(() => client.get(ConfigMap, { namespace, name: 'copy' })).toBeDefined();
});

test('a waiting walk writes nothing as long as nothing changes', async () => {
  const namespace = await freshNamespace();
  await client.create(MigMigration, aMigMigration({ namespace }));
  await using _running = run(() => [copyController(namespace)]);
  const waiting = await eventually(read(namespace)).toMatchObject({ status: { phases: [{}, { reason: 'Copying' }] } });
  await client.patch(ConfigMap, { namespace, name: 'copy' }, { data: { done: 'almost' } });
  await client.patch(MigMigration, { namespace, name: 'shop-1' }, { metadata: { labels: { seen: 'yes' } } });
  const after = await eventually(read(namespace)).toMatchObject({ metadata: { labels: { seen: 'yes' } } });
  expect(after?.status).toEqual(waiting?.status);
});
