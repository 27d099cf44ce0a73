import { annotations } from '@godwit/api';
import { expect, test } from 'vitest';
import type { Workload } from '../quiesce/workload-kinds.ts';
import type { Run } from '../scope.ts';
import { wakeSource } from './wake-source.ts';

const run = (name: string, spec: Partial<Run['spec']>, status: Run['status'] = {}): Run => ({
  apiVersion: 'migration.openshift.io/v1alpha1',
  kind: 'MigMigration',
  metadata: { namespace: 'openshift-migration', name, uid: name },
  spec: { stage: false, ...spec },
  status,
});

const condition = (type: string) => ({
  type,
  status: 'True',
  category: 'Advisory',
  message: '',
  lastTransitionTime: '2030-01-01T00:00:00Z',
});

const slept = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', replicas: 2 };
const moved = run('moved', {}, { conditions: [condition('Succeeded')], quiesced: [slept] });
const takenBack = run('back', { rollback: true }, { conditions: [condition('Succeeded')] });

const asleep = (notes: Record<string, string> = { [annotations.preQuiesceReplicas]: '3' }): Workload => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace: 'shop', name: 'web', annotations: notes },
  spec: { replicas: 0 },
});

const patchesOf = (workloads: Workload[], earlier: Run[], of: Run) =>
  (wakeSource.decide({ workloads, earlier }, of).effects ?? []).map((effect) => (effect.do === 'patch' ? effect.patch : effect));

test.each<[string, Workload, Run[], Run, number | undefined]>([
  ['a run wakes what it put to sleep itself', asleep({}), [], run('now', {}, { quiesced: [slept] }), 2],
  ['a run wakes by the note when it kept no record', asleep(), [], run('now', {}), 3],
  [
    'a run that fails leaves the source asleep while the target serves what an earlier run moved',
    asleep(),
    [moved],
    run('now', {}),
    undefined,
  ],
  ['a run that fails wakes what it put to sleep itself even then', asleep(), [moved], run('now', {}, { quiesced: [slept] }), 2],
  ['after a rollback a run wakes by the note again', asleep(), [takenBack, moved], run('now', {}), 3],
  ['a rollback wakes by the note', asleep(), [moved], run('now', { rollback: true }), 3],
  ['a rollback wakes by the record of the run that it takes back', asleep({}), [moved], run('now', { rollback: true }), 2],
])('%s', (_title, workload, earlier, of, expected) => {
  const patches = patchesOf([workload], earlier, of);
  expect(patches).toEqual(
    expected === undefined ? [] : [expect.objectContaining({ spec: expect.objectContaining({ replicas: expected }) })],
  );
});
