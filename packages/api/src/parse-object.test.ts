import { expect, test } from 'vitest';
import { MigMigration } from './migration/mig-migration.ts';
import { MigPlan } from './migration/mig-plan.ts';
import { parseObject } from './parse-object.ts';
import { DownloadRequest } from './velero/download-request.ts';

const run = (change: object = {}) => ({
  apiVersion: 'migration.openshift.io/v1alpha1',
  kind: 'MigMigration',
  metadata: { name: 'run', namespace: 'openshift-migration' },
  spec: { stage: false, migPlanRef: { name: 'plan' } },
  ...change,
});

test('an object that is right comes back whole, unknown fields and status with it', () => {
  const input = run({ spec: { stage: true, future: { a: 1 } }, status: { phase: 7 }, extra: true });
  expect(parseObject(MigMigration, input)).toEqual({ ok: true, value: input });
});

test('null says the same as leaving a field out', () => {
  const input = run({ spec: { stage: true, quiescePods: null, migPlanRef: { name: 'plan', uid: null } } });
  expect(parseObject(MigMigration, input)).toEqual({ ok: true, value: run({ spec: { stage: true, migPlanRef: { name: 'plan' } } }) });
  expect(parseObject(MigMigration, run({ spec: { stage: null } }))).toHaveProperty('problems', [
    { path: 'spec.stage', message: 'is required' },
  ]);
});

test('a generated name will do', () => {
  expect(parseObject(MigMigration, run({ metadata: { generateName: 'run-' } }))).toHaveProperty('ok', true);
});

test.each<[string, unknown, { path: string; message: string }[]]>([
  ['text', 'MigMigration', [{ path: '', message: 'must be of type object' }]],
  ['nothing', undefined, [{ path: '', message: 'is required' }]],
  ['another version', run({ apiVersion: 'v1' }), [{ path: 'apiVersion', message: 'must be "migration.openshift.io/v1alpha1"' }]],
  ['another kind', run({ kind: 'MigPlan' }), [{ path: 'kind', message: 'must be "MigMigration"' }]],
  ['no name', run({ metadata: {} }), [{ path: 'metadata.name', message: 'is required' }]],
  ['no spec', run({ spec: undefined }), [{ path: 'spec', message: 'is required' }]],
  ['a required field missing', run({ spec: {} }), [{ path: 'spec.stage', message: 'is required' }]],
  [
    'two wrong fields',
    run({ spec: { stage: 'yes', quiescePods: 1 } }),
    [
      { path: 'spec.stage', message: 'must be of type boolean' },
      { path: 'spec.quiescePods', message: 'must be of type boolean' },
    ],
  ],
])('with %s every problem is named with its place', (_title, input, problems) => {
  expect(parseObject(MigMigration, input)).toEqual({ ok: false, problems });
});

test('a place in a list is given by its number', () => {
  const hooks = [{ reference: {}, phase: 'PreBackup', executionNamespace: 'a' }];
  const input = run({ kind: 'MigPlan', spec: { hooks } });
  expect(parseObject(MigPlan, input)).toEqual({ ok: false, problems: [{ path: 'spec.hooks[0].serviceAccount', message: 'is required' }] });
});

test('a word that is none of the known ones is answered with the known ones', () => {
  const input = {
    apiVersion: 'velero.io/v1',
    kind: 'DownloadRequest',
    metadata: { name: 'a' },
    spec: { target: { kind: 'Log', name: 'a' } },
  };
  const result = parseObject(DownloadRequest, input);
  expect(result.ok ? [] : result.problems).toEqual([
    { path: 'spec.target.kind', message: expect.stringMatching(/^must be "BackupLog" or "BackupContents" or /) },
  ]);
});
