import { upgradeMessages } from '@godwit/api';
import { expect, test } from 'vitest';
import { afterEvent } from './after-event.ts';
import { conditions, textsOf } from './conditions.fixture.ts';
import type { StageEvent } from './stage-event.ts';

const moment = { now: '2030-01-01T10:00:00Z', generation: 7 };
const after = (list: string[], event: StageEvent) => afterEvent(conditions(...list), event, moment);

const IDLE_BUSY = 'Idle=False:InProgress:In progress';
const PREPARED = [IDLE_BUSY, 'PrepInProgress=False:Completed:Prep completed', 'PrepCompleted=True:Completed:done'];
const UPGRADED = [...PREPARED, 'UpgradeInProgress=False:Completed:Upgrade completed', 'UpgradeCompleted=True:Completed:Upgrade completed'];

test.each<[string, string[], StageEvent, string[]]>([
  ['enter Prep', ['Idle=True:Idle'], { type: 'entered', stage: 'Prep' }, [IDLE_BUSY, 'PrepInProgress=True:InProgress:In progress']],
  [
    'Prep progress',
    [IDLE_BUSY, 'PrepInProgress=True:InProgress:In progress'],
    { type: 'progressed', stage: 'Prep', message: 'half' },
    [IDLE_BUSY, 'PrepInProgress=True:InProgress:half'],
  ],
  [
    'Prep failed',
    [IDLE_BUSY, 'PrepInProgress=True:InProgress:In progress'],
    { type: 'failed', stage: 'Prep', message: 'no space' },
    [IDLE_BUSY, 'PrepCompleted=False:Failed:Prep failed', 'PrepInProgress=False:Failed:no space'],
  ],
  ['Prep done', [IDLE_BUSY, 'PrepInProgress=True:InProgress:In progress'], { type: 'completed', stage: 'Prep', message: 'done' }, PREPARED],
  ['enter Upgrade', PREPARED, { type: 'entered', stage: 'Upgrade' }, [...PREPARED, 'UpgradeInProgress=True:InProgress:In progress']],
  [
    'Upgrade failed',
    [...PREPARED, 'UpgradeInProgress=True:InProgress:In progress'],
    { type: 'failed', stage: 'Upgrade', message: 'Failed backup CRs: a' },
    [...PREPARED, 'UpgradeCompleted=False:Failed:Upgrade failed', 'UpgradeInProgress=False:Failed:Failed backup CRs: a'],
  ],
  [
    'Upgrade rolling back',
    [...PREPARED, 'UpgradeInProgress=True:InProgress:In progress'],
    { type: 'rollingBack', message: 'Rollback due to restore failure: a' },
    [...PREPARED, 'UpgradeInProgress=True:InProgress:Rollback due to restore failure: a', 'UpgradeCompleted=False:Failed:Upgrade failed'],
  ],
  ['Upgrade done', [...PREPARED, 'UpgradeInProgress=True:InProgress:x'], { type: 'completed', stage: 'Upgrade' }, UPGRADED],
  [
    'enter Rollback',
    UPGRADED,
    { type: 'entered', stage: 'Rollback' },
    [
      ...PREPARED,
      'UpgradeInProgress=False:Failed:Rollback requested',
      'UpgradeCompleted=False:Failed:Rollback requested',
      'RollbackInProgress=True:InProgress:In progress',
    ],
  ],
  [
    'Rollback failed',
    ['RollbackInProgress=True:InProgress:In progress'],
    { type: 'failed', stage: 'Rollback', message: 'set-default' },
    ['RollbackCompleted=False:Failed:Rollback failed', 'RollbackInProgress=False:Failed:set-default'],
  ],
  [
    'Rollback done',
    ['RollbackInProgress=True:InProgress:In progress'],
    { type: 'completed', stage: 'Rollback' },
    ['RollbackInProgress=False:Completed:Rollback completed', 'RollbackCompleted=True:Completed:Rollback completed'],
  ],
  [
    'abort start',
    [IDLE_BUSY, 'PrepCompleted=True:Completed'],
    { type: 'cleaningUp', cleanup: 'Abort' },
    ['PrepCompleted=True:Completed', 'Idle=False:Aborting'],
  ],
  ['finalise start', UPGRADED, { type: 'cleaningUp', cleanup: 'Finalize' }, [...UPGRADED.slice(1), 'Idle=False:Finalizing']],
  [
    'cleanup failed (the sample of the seed document)',
    ['Idle=False:Aborting'],
    { type: 'cleanupFailed', cleanup: 'Abort', errors: 'failed to delete all the backup CRs.' },
    [`Idle=False:AbortFailed:failed to delete all the backup CRs. ${upgradeMessages.manualCleanup}`],
  ],
  [
    'finalise failed',
    ['Idle=False:Finalizing'],
    { type: 'cleanupFailed', cleanup: 'Finalize', errors: 'failed to remove 1 stateroots' },
    [`Idle=False:FinalizeFailed:failed to remove 1 stateroots ${upgradeMessages.manualCleanup}`],
  ],
  [
    'T15 cleanup ok',
    ['Idle=False:Aborting', 'PrepInProgress=True:InProgress', 'PrepCompleted=True:Completed'],
    { type: 'cleanedUp' },
    ['Idle=True:Idle'],
  ],
  ['T15 cleanup of nothing', [], { type: 'cleanedUp' }, ['Idle=True:Idle']],
  [
    'T10 invalid transition',
    [],
    { type: 'refused', stage: 'Prep', message: 'Previous stage not succeeded' },
    ['PrepInProgress=False:InvalidTransition:Previous stage not succeeded'],
  ],
  [
    'invalid transition to Idle',
    [IDLE_BUSY, 'UpgradeInProgress=True:InProgress'],
    { type: 'refused', stage: 'Idle', message: 'no' },
    ['UpgradeInProgress=True:InProgress', 'Idle=False:InvalidTransition:no'],
  ],
  [
    'D-I4 a failed rollback is accepted',
    [
      'UpgradeInProgress=False:Failed',
      'UpgradeCompleted=False:Failed',
      'RollbackCompleted=False:Failed',
      'RollbackInProgress=False:Failed:set-default',
    ],
    { type: 'accepted' },
    [
      'UpgradeInProgress=False:Completed:Upgrade completed',
      'RollbackInProgress=False:Failed:Rollback given up: the current stateroot is accepted',
      'UpgradeCompleted=True:Completed:Upgrade completed',
    ],
  ],
])('2.4 %s', (_title, list, event, expected) => {
  expect(textsOf(after(list, event))).toEqual(expected);
});

test('what an event writes is said to hold for the generation that it was written for', () => {
  const list = after(['Idle=True:Idle'], { type: 'entered', stage: 'Prep' });
  expect(list.map(({ observedGeneration }) => observedGeneration)).toEqual([7, 7]);
  const later = after(['PrepCompleted=True:Completed'], { type: 'entered', stage: 'Upgrade' });
  expect(later.map(({ observedGeneration }) => observedGeneration)).toEqual([1, 7]);
});

test.each<[string, StageEvent, string]>([
  ['a failure', { type: 'failed', stage: 'Prep', message: `first${'.'.repeat(40_000)}last` }, 'last'],
  ['a rollback', { type: 'rollingBack', message: `first${'.'.repeat(40_000)}last` }, 'last'],
  ['a cleanup', { type: 'cleanupFailed', cleanup: 'Abort', errors: `first${'.'.repeat(40_000)}` }, upgradeMessages.manualCleanup],
])('%s of very many words is told by their beginning and end, as the API server takes them', (_title, event, end) => {
  const message = after([], event).find((each) => each.message.startsWith('first'))?.message ?? '';
  expect(message.endsWith(end)).toBe(true);
  expect(message.length).toBeLessThanOrEqual(32_768);
});
