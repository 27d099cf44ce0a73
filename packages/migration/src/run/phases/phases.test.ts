import { expect, test } from 'vitest';
import type { Run } from '../scope.ts';
import { ensureInitialBackup, initialBackupCreated, initialBackupReplicated } from './back-up-objects.ts';
import { waitForCopy } from './copy-volumes.ts';
import { startRefresh, waitForRefresh } from './refresh-plan.ts';
import { finalRestoreCreated } from './restore-objects.ts';
import { verifyWorkloads } from './verify-workloads.ts';
import { waitForStorage } from './wait-for-storage.ts';

const run: Run = {
  apiVersion: 'migration.openshift.io/v1alpha1',
  kind: 'MigMigration',
  metadata: { namespace: 'openshift-migration', name: 'a', uid: 'u' },
  spec: { stage: false },
};
const condition = (type: string, category = 'Required', message = '') => ({
  type,
  status: 'True',
  category,
  message,
  lastTransitionTime: '2030-01-01T00:00:00Z',
});

test('a refresh is asked for by the field that upstream has', () => {
  expect(startRefresh.decide({ namespace: 'openshift-migration', name: 'shop' }, run).effects).toEqual([
    expect.objectContaining({ on: 'host', name: { namespace: 'openshift-migration', name: 'shop' }, patch: { spec: { refresh: true } } }),
  ]);
});

test.each([
  [
    'waits while the plan is being checked',
    { namespace: 'openshift-migration', name: 'shop', refreshing: true, conditions: [condition('Ready')] },
    'wait',
    'PlanRefreshing',
  ],
  [
    'goes on with a ready plan',
    { namespace: 'openshift-migration', name: 'shop', refreshing: false, conditions: [condition('Ready')] },
    'advance',
    'PlanRefreshed',
  ],
  [
    'fails with the blockers of a plan that is not ready',
    {
      namespace: 'openshift-migration',
      name: 'shop',
      refreshing: false,
      conditions: [condition('NamespaceListEmpty', 'Critical', 'no namespace')],
    },
    'fail',
    'PlanNotReady',
  ],
  [
    'waits for the end of an outage',
    {
      namespace: 'openshift-migration',
      name: 'shop',
      refreshing: false,
      conditions: [condition('SourceClusterNotReady', 'Critical', 'refused')],
    },
    'wait',
    'PlanNotReady',
  ],
])('WaitForRefresh %s', (_title, facts, outcome, reason) => {
  expect(waitForRefresh.decide(facts, run)).toMatchObject({ outcome, said: { reason } });
});

test('a plan that an outage left half judged is asked to look again, and says what it lacks', () => {
  const ready = { ...condition('Ready', 'Required', 'Still missing: StorageEnsured.'), status: 'False' as const };
  const verdict = waitForRefresh.decide({ namespace: 'openshift-migration', name: 'shop', refreshing: false, conditions: [ready] }, run);
  expect(verdict).toMatchObject({
    outcome: 'wait',
    said: { message: 'Plan shop is not ready: Still missing: StorageEnsured. See: kubectl describe migplan shop' },
    effects: [{ do: 'patch', name: { name: 'shop' }, patch: { spec: { refresh: true } } }],
  });
});

test('a plan that is not ready fails the run with the condition that blocks it (G-M5)', () => {
  const facts = {
    namespace: 'openshift-migration',
    name: 'shop',
    refreshing: false,
    conditions: [condition('NamespaceListEmpty', 'Critical', 'no namespace'), condition('PvLimitExceeded', 'Warn', 'many')],
  };
  expect(waitForRefresh.decide(facts, run).said.message).toBe(
    'Plan shop is not ready: NamespaceListEmpty: no namespace. See: kubectl describe migplan shop',
  );
});

test('an unavailable location is named with its cluster and its message', () => {
  const locations = [
    { name: 'repo-1 on the source cluster', available: true, message: '' },
    { name: 'repo-2 on the target cluster', available: false, message: 'access denied' },
  ];
  expect(waitForStorage.decide(locations, run)).toMatchObject({
    outcome: 'wait',
    said: { message: expect.stringContaining('repo-2 on the target cluster (access denied)') },
  });
  expect(waitForStorage.decide(locations.slice(0, 1), run).outcome).toBe('advance');
});

test.each([
  [undefined, 'wait', 'BackupRunning'],
  ['InProgress', 'wait', 'BackupRunning'],
  ['APhaseOfTheFuture', 'wait', 'BackupRunning'],
  ['Completed', 'advance', 'BackupDone'],
  ['PartiallyFailed', 'advance', 'VeleroInitialBackupPartiallyFailed'],
  ['Failed', 'fail', 'InitialBackupFailed'],
  ['FailedValidation', 'fail', 'InitialBackupFailed'],
])('a backup in phase %s makes the run %s with %s (G-M44)', (phase, outcome, reason) => {
  expect(initialBackupCreated.decide({ name: 'b', phase, why: 'because', progress: {} }, run)).toMatchObject({ outcome, said: { reason } });
});

test.each([
  ['InProgress', 'wait', 'RestoreRunning'],
  ['Completed', 'advance', 'RestoreDone'],
  ['PartiallyFailed', 'advance', 'VeleroFinalRestorePartiallyFailed'],
  ['Failed', 'fail', 'FinalRestoreFailed'],
])('a restore in phase %s makes the run %s with %s', (phase, outcome, reason) => {
  expect(finalRestoreCreated.decide({ name: 'r', phase, why: 'because', progress: {}, verification: undefined }, run)).toMatchObject({
    outcome,
    said: { reason },
  });
});

test('objects that the target stored otherwise are named, and the run goes on with a warning', () => {
  const verification = { compared: 7, different: 1, differences: ['Deployment shop/web: spec.replicas'] };
  expect(finalRestoreCreated.decide({ name: 'r', phase: 'Completed', why: '', progress: {}, verification }, run)).toMatchObject({
    outcome: 'advance',
    said: { reason: 'ObjectsDiffer', message: expect.stringContaining('1 of 7: Deployment shop/web: spec.replicas') },
  });
});

test('a backup is not asked for while the source has no storage location', () => {
  expect(ensureInitialBackup.decide({ object: undefined }, run)).toMatchObject({ outcome: 'wait', effects: [] });
});

test('a restore waits for the backup to be visible on the target', () => {
  expect(initialBackupReplicated.decide({ name: 'b', visible: false }, run).outcome).toBe('wait');
  expect(initialBackupReplicated.decide({ name: 'b', visible: true }, run).outcome).toBe('advance');
});

test('M31: a failed copy fails the run, in the words of upstream and with the errors of the copy', () => {
  const facts = { name: 'test', namespace: 'test', errors: 'no space left', progress: {} };
  expect(waitForCopy.decide({ ...facts, state: 'failed' }, run)).toMatchObject({
    outcome: 'fail',
    said: {
      reason: 'DirectVolumeMigrationFailed',
      message: 'DirectVolumeMigration (dvm): test/test failed. See in dvm status.Errors: no space left',
    },
  });
  expect(waitForCopy.decide({ ...facts, state: 'running' }, run).outcome).toBe('wait');
  expect(waitForCopy.decide({ ...facts, state: 'done' }, run).outcome).toBe('advance');
});

const unready = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { namespace: 'shop', name: 'web' } };
test.each([
  ['waits for workloads', { unready: [unready], seconds: 10 }, 'wait', 'WorkloadsStarting'],
  ['goes on once all are ready', { unready: [], seconds: 10 }, 'advance', 'Verified'],
  ['lets the run end with a warning after its patience', { unready: [unready], seconds: 301 }, 'advance', 'UnhealthyNamespaces'],
])('Verification %s (G-M48)', (_title, facts, outcome, reason) => {
  expect(verifyWorkloads.decide(facts, run)).toMatchObject({ outcome, said: { reason } });
});
