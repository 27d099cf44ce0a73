import type { Walked } from '@godwit/controller';
import { expect, test } from 'vitest';
import type { Run } from './scope.ts';
import { isTellable } from './tellable.ts';

const run: Run = {
  apiVersion: 'migration.openshift.io/v1alpha1',
  kind: 'MigMigration',
  metadata: { namespace: 'openshift-migration', name: 'a' },
  spec: { stage: false },
  status: { phase: 'FinalRestoreCreated', itinerary: 'Final' },
};
const walked = (outcome: Walked['outcome'], phase = 'FinalRestoreCreated'): Walked => ({
  outcome,
  journal: { phase, startedAt: '2030-01-01T10:00:00Z', attempts: 1, pipeline: 'Final' },
  visits: [],
  current: undefined,
});

test.each([
  ['more progress of a phase within a second is not written', walked('waiting'), 0.4, false],
  ['more progress of a phase after a second is written', walked('waiting'), 1, true],
  ['a new phase is written at once', walked('waiting', 'Verification'), 0.1, true],
  ['a phase that is about to act is written at once', walked('running'), 0, true],
  ['an error is written at once', walked('retrying'), 0, true],
  ['a failure is written at once', walked('failed'), 0, true],
  ['the end is written at once', walked('completed'), 0, true],
])('%s', (_, state, seconds, expected) => {
  expect(isTellable(run, state, seconds)).toBe(expected);
});
