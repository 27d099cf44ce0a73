import { expect, test } from 'vitest';
import { choose } from './choose.ts';
import { final } from './pipelines/final.ts';
import { stage } from './pipelines/stage.ts';
import type { Run } from './scope.ts';

const run = (spec: Partial<Run['spec']>, status: Run['status'] = {}, deletionTimestamp?: string): Run => ({
  apiVersion: 'migration.openshift.io/v1alpha1',
  kind: 'MigMigration',
  metadata: { name: 'a', namespace: 'openshift-migration', ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }) },
  spec: { stage: false, ...spec },
  status,
});

const has = (type: string) => ({
  conditions: [{ type, status: 'True', category: 'Advisory', lastTransitionTime: '2030-01-01T00:00:00Z' }],
});

test.each<[string, Run, string]>([
  ['no flag means a final migration', run({}), 'Final'],
  ['stage', run({ stage: true }), 'Stage'],
  ['rollback', run({ rollback: true }), 'Rollback'],
  ['a canceled stage', run({ stage: true, canceled: true }), 'Cancel'],
  ['a canceled run whose flag was taken back goes on being canceled', run({}, has('Canceling')), 'Cancel'],
  ['a failure comes before a cancellation', run({ canceled: true }, has('Failed')), 'Failed'],
  ['recorded errors mean failure', run({}, { errors: ['broken'] }), 'Failed'],
  ['a deleted run is canceled', run({}, {}, '2030-01-01T00:00:00Z'), 'Cancel'],
])('%s', (_title, subject, itinerary) => {
  expect(choose(subject).name).toBe(itinerary);
});

test('a failed rollback and a run that asks to be kept wake nobody', () => {
  const names = (subject: Run) => choose(subject).phases.map(({ name }) => name);
  expect(names(run({}, has('Failed')))).toContain('UnQuiesceSrcApplications');
  expect(names(run({ onFailure: 'Keep' }, has('Failed')))).not.toContain('UnQuiesceSrcApplications');
  expect(names(run({ rollback: true }, has('Failed')))).not.toContain('UnQuiesceSrcApplications');
});

test('M29: every phase of a stage is a phase of a final migration', () => {
  const names = new Set(final.phases.map(({ name }) => name));
  expect(stage.phases.map(({ name }) => name).filter((name) => !names.has(name))).toEqual([]);
});

test('the source sleeps before the final copy, and nothing is restored before the copy is done', () => {
  const order = final.phases.map(({ name }) => name);
  const at = (name: string) => order.indexOf(name);
  expect(at('EnsureInitialBackup')).toBeLessThan(at('QuiesceSourceApplications'));
  expect(at('WaitForDirectVolumeMigrationPreCopy')).toBeLessThan(at('QuiesceSourceApplications'));
  expect(at('EnsureSrcQuiesced')).toBeLessThan(at('CreateDirectVolumeMigrationFinal'));
  expect(at('WaitForDirectVolumeMigrationToComplete')).toBeLessThan(at('EnsureFinalRestore'));
});
