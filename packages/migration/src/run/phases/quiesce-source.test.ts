import type { Sleeper } from '@godwit/api';
import { expect, test } from 'vitest';
import type { PodView } from '../quiesce/writers.ts';
import type { Run } from '../scope.ts';
import { quiesceSource, sourceQuiesced } from './quiesce-source.ts';

const run: Run = {
  apiVersion: 'migration.openshift.io/v1alpha1',
  kind: 'MigMigration',
  metadata: { namespace: 'openshift-migration', name: 'a' },
  spec: { stage: false, quiescePods: true },
};
const web: Sleeper = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', replicas: 3, paused: false };
const db: Sleeper = { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: 'shop', name: 'db', replicas: 1 };
const bare: PodView = { apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'shop', name: 'bare' } };
const nothing = { found: [], noted: [], unstoppable: [] };

test('what the workloads must get back is written into the run before any of them sleeps', () => {
  const verdict = quiesceSource.decide({ ...nothing, found: [web, db] }, run);
  expect(verdict).toMatchObject({ outcome: 'advance', said: { reason: 'ScalingDown' }, notes: { quiesced: [web, db] } });
  expect(verdict.effects).toHaveLength(2);
});

test('noted workloads are put to sleep with what was noted, not with what they look like after a first attempt', () => {
  const verdict = quiesceSource.decide({ ...nothing, found: [{ ...web, replicas: 1 }], noted: [web, db] }, run);
  expect(verdict.outcome).toBe('advance');
  expect(verdict.effects).toEqual([
    expect.objectContaining({
      on: 'source',
      patch: expect.objectContaining({
        metadata: { annotations: expect.objectContaining({ 'migration.openshift.io/preQuiesceReplicas': '3' }) },
      }),
    }),
  ]);
});

test('a workload that appears later is noted beside the others', () => {
  expect(quiesceSource.decide({ ...nothing, found: [db], noted: [web] }, run).notes).toEqual({ quiesced: [web, db] });
});

test('nothing awake means that the phase is done', () => {
  expect(quiesceSource.decide({ ...nothing, noted: [web] }, run)).toMatchObject({ outcome: 'advance', effects: [] });
});

test('a pod that nobody can stop fails the run before anything sleeps, and names the pod and the remedy', () => {
  const verdict = quiesceSource.decide({ ...nothing, found: [web], unstoppable: [bare] }, run);
  expect(verdict).toMatchObject({
    outcome: 'fail',
    effects: [],
    said: { message: expect.stringMatching(/shop\/bare.*Delete them, or set spec.quiescePods to false/) },
  });
});

const none = { awake: [], noted: [], running: [], unstoppable: [] };

test.each([
  ['waits while pods stop', { ...none, running: [bare] }, 'wait', 'PodsTerminating', 0],
  ['moves on once no pod runs', none, 'advance', 'Quiesced', 0],
  ['puts a workload to sleep again that somebody woke', { ...none, awake: [web], running: [bare] }, 'wait', 'ScalingDown', 1],
  ['ends the run at a pod that nobody can stop', { ...none, unstoppable: [bare] }, 'fail', 'PodsUnstoppable', 0],
])('EnsureSrcQuiesced %s', (_title, facts, outcome, reason, effects) => {
  const verdict = sourceQuiesced.decide(facts, run);
  expect(verdict).toMatchObject({ outcome, said: { reason } });
  expect(verdict.effects).toHaveLength(effects);
});

test('a workload that somebody woke meanwhile keeps what was noted of it, and a new one is noted before it sleeps', () => {
  const verdict = sourceQuiesced.decide({ ...none, awake: [{ ...web, replicas: 1 }, db], noted: [web] }, run);
  expect(verdict.notes).toEqual({ quiesced: [web, db] });
  expect(verdict.effects[0]).toMatchObject({
    patch: { metadata: { annotations: { 'migration.openshift.io/preQuiesceReplicas': '3' } } },
  });
});
