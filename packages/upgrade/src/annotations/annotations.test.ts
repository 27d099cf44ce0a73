import { expect, test } from 'vitest';
import { conditions } from '../stage/conditions.fixture.ts';
import { editsBetween, misspeltAnnotations } from './near-miss.ts';
import { isSwitchedOn, unknownSwitches } from './switches.ts';
import { wayOut } from './ways-out.ts';

test.each([
  ['abc', 'abc', 0],
  ['abc', 'abd', 1],
  ['abc', 'ab', 1],
  ['', 'abc', 3],
  ['openshit', 'openshift', 1],
])('from %s to %s it is %i letters', (one, other, edits) => {
  expect(editsBetween(one, other)).toBe(edits);
});

test.each([
  ['lca.openshit.io/manual-cleanup-done', 'lca.openshift.io/manual-cleanup-done'],
  ['lca.openshift.io/manual-cleanup', undefined],
  ['LCA.openshift.io/Trigger-Reconcile', 'lca.openshift.io/trigger-reconcile'],
  ['lca.openshift.io/trigger-reconcile', undefined],
  ['kubectl.kubernetes.io/last-applied-configuration', undefined],
])('G-I6 %s is told as %s', (key, meant) => {
  const findings = misspeltAnnotations({ [key]: 'x' });
  expect(findings).toHaveLength(meant === undefined ? 0 : 1);
  if (meant !== undefined) expect(findings[0]?.message).toContain(meant);
});

const KEY = 'auto-rollback-on-failure.lca.openshift.io/init-monitor';
test.each([
  ['Disabled', false, 0],
  ['disabled', true, 1],
  ['', true, 1],
  [undefined, true, 0],
])('D-I14 a switch that says %j is on: %s, and %i things are told', (value, on, told) => {
  const annotations = value === undefined ? {} : { [KEY]: value };
  expect(isSwitchedOn(annotations, KEY)).toBe(on);
  expect(unknownSwitches(annotations)).toHaveLength(told);
});

const MANUAL = 'lca.openshift.io/manual-cleanup-done';
const RETRY = 'lca.openshift.io/rollback-retry';
const ACCEPT = 'lca.openshift.io/accept-current-stateroot';
const ROLLBACK_FAILED = ['RollbackCompleted=False:Failed', 'RollbackInProgress=False:Failed'];

test.each<[string, string[], string[], object | undefined]>([
  [
    'T46 after a failed abort it is tried again',
    ['Idle=False:AbortFailed'],
    [MANUAL],
    { key: MANUAL, event: { type: 'cleaningUp', cleanup: 'Abort' } },
  ],
  [
    'T46 after a failed finalise, too',
    ['Idle=False:FinalizeFailed'],
    [MANUAL],
    { key: MANUAL, event: { type: 'cleaningUp', cleanup: 'Finalize' } },
  ],
  ['T46 without the annotation it is not', ['Idle=False:AbortFailed'], [], undefined],
  ['while cleaning up goes on the annotation waits', ['Idle=False:Aborting'], [MANUAL], undefined],
  ['at any other time it does nothing', ['Idle=True:Idle'], [MANUAL], undefined],
  ['D-I4 a failed rollback is tried again', ROLLBACK_FAILED, [RETRY], { key: RETRY, event: { type: 'entered', stage: 'Rollback' } }],
  ['D-I4 or given up', ROLLBACK_FAILED, [ACCEPT], { key: ACCEPT, event: { type: 'accepted' } }],
  ['D-I4 a rollback that goes on is neither', ['RollbackInProgress=True:InProgress'], [RETRY, ACCEPT], undefined],
])('%s', (_title, list, keys, expected) => {
  expect(wayOut(conditions(...list), Object.fromEntries(keys.map((key) => [key, ''])))).toEqual(expected);
});
