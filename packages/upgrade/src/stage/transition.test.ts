import type { Stage } from '@godwit/api';
import { expect, test } from 'vitest';
import { conditions } from './conditions.fixture.ts';
import { isTransitionRequested, transitionOf } from './transition.ts';

const BUSY = 'Idle=False:InProgress';

test.each<[Stage, string[], boolean]>([
  ['Idle', ['Idle=True:Idle'], false],
  ['Idle', ['Idle=False:Aborting'], false],
  ['Idle', ['Idle=False:Finalizing'], false],
  ['Idle', ['Idle=False:AbortFailed'], false],
  ['Idle', ['Idle=False:FinalizeFailed'], false],
  ['Idle', [BUSY, 'PrepInProgress=True:InProgress'], true],
  ['Idle', [BUSY, 'PrepCompleted=True:Completed'], true],
  ['Idle', [BUSY, 'PrepCompleted=False:Failed'], true],
  ['Idle', [BUSY, 'UpgradeCompleted=True:Completed'], true],
  ['Idle', [BUSY, 'UpgradeCompleted=False:Failed'], true],
  ['Idle', [BUSY, 'RollbackCompleted=True:Completed'], true],
  ['Idle', [BUSY, 'RollbackCompleted=False:Failed'], true],
  ['Idle', [], true],
])('T01 whether %s is asked for with %j: %s', (stage, list, expected) => {
  expect(isTransitionRequested({ stage, conditions: conditions(...list) })).toBe(expected);
});

test.each<[Stage, string[], boolean]>([
  ['Rollback', ['UpgradeCompleted=True:Completed'], true],
  ['Rollback', ['UpgradeCompleted=False:Failed'], true],
  ['Rollback', ['UpgradeInProgress=True:InProgress'], true],
  ['Rollback', ['RollbackCompleted=True:Completed'], false],
  ['Rollback', ['RollbackCompleted=False:Failed'], false],
  ['Rollback', ['RollbackInProgress=True:InProgress'], false],
  ['Rollback', ['UpgradeCompleted=True:Completed', 'RollbackInProgress=False:InvalidTransition'], true],
  ['Rollback', ['RollbackInProgress=False:Failed', 'UpgradeCompleted=True:Completed'], false],
  ['Prep', ['Idle=True:Idle'], true],
  ['Prep', [BUSY, 'PrepInProgress=True:InProgress'], false],
  ['Prep', [BUSY, 'PrepCompleted=False:Failed'], false],
  ['Upgrade', [BUSY, 'PrepCompleted=True:Completed'], true],
  ['Upgrade', [BUSY, 'UpgradeInProgress=True:InProgress'], false],
  ['Upgrade', [BUSY, 'UpgradeCompleted=True:Completed'], false],
])('T03 whether %s is asked for with %j: %s', (stage, list, expected) => {
  expect(isTransitionRequested({ stage, conditions: conditions(...list) })).toBe(expected);
});

type Side = 'before' | 'after';
const outcome = (stage: Stage, list: string[], side: Side) =>
  transitionOf({ stage, conditions: conditions(...list), afterPivot: side === 'after' });

const finalize = { type: 'cleaningUp', cleanup: 'Finalize' };
const abort = { type: 'cleaningUp', cleanup: 'Abort' };
const refused = (stage: Stage, message: string) => ({ type: 'refused', stage, message });

test.each<[string, Stage, string[], Side, object]>([
  ['T06 an upgrade that is completed is finalised', 'Idle', [BUSY, 'UpgradeCompleted=True:Completed'], 'after', finalize],
  [
    'T06 a rollback that is completed is finalised',
    'Idle',
    [BUSY, 'UpgradeCompleted=False:Failed', 'RollbackCompleted=True:Completed'],
    'before',
    finalize,
  ],
  ['T07 a failed upgrade is aborted before the pivot', 'Idle', [BUSY, 'UpgradeCompleted=False:Failed'], 'before', abort],
  [
    'T07 a rollback that was asked for in vain does not stand in the way',
    'Idle',
    [BUSY, 'UpgradeCompleted=False:Failed', 'RollbackInProgress=False:InvalidTransition'],
    'before',
    abort,
  ],
  ['preparing is aborted', 'Idle', [BUSY, 'PrepInProgress=True:InProgress'], 'before', abort],
  ['preparing the very release that runs is aborted, too', 'Idle', [BUSY, 'PrepCompleted=False:Failed'], 'after', abort],
  [
    'so it is after it was refused',
    'Idle',
    ['Idle=False:InvalidTransition', 'PrepCompleted=False:Failed', 'UpgradeInProgress=False:InvalidTransition'],
    'after',
    abort,
  ],
  [
    'T09 after the pivot a rollback goes on',
    'Idle',
    [BUSY, 'RollbackInProgress=True:InProgress'],
    'after',
    refused('Idle', 'Transition to Idle not allowed - Rollback is in progress'),
  ],
  [
    'T09 back on the old stateroot it goes on, too',
    'Idle',
    [BUSY, 'RollbackInProgress=True:InProgress'],
    'before',
    refused('Idle', 'Abort or finalize not allowed'),
  ],
  [
    'T09 a failed rollback is no way to Idle after the pivot',
    'Idle',
    [BUSY, 'RollbackCompleted=False:Failed', 'RollbackInProgress=False:Failed'],
    'after',
    refused('Idle', 'Transition to Idle not allowed - Rollback failed'),
  ],
  [
    'T09 nor before it',
    'Idle',
    [BUSY, 'RollbackCompleted=False:Failed', 'RollbackInProgress=False:Failed'],
    'before',
    refused('Idle', 'Transition to Idle not allowed - Rollback failed'),
  ],
  [
    'an upgrade under way after the pivot must be rolled back',
    'Idle',
    [BUSY, 'UpgradeInProgress=True:InProgress'],
    'after',
    refused('Idle', 'Transition to Idle not allowed - Rollback first'),
  ],
  ['an object without conditions becomes Idle', 'Idle', [], 'before', { type: 'cleanedUp' }],
  ['T10 preparing begins from Idle', 'Prep', ['Idle=True:Idle'], 'before', { type: 'entered', stage: 'Prep' }],
  ['T10 and from nothing else', 'Prep', [], 'before', refused('Prep', 'Previous stage not succeeded')],
  [
    'an upgrade begins when all is prepared',
    'Upgrade',
    [BUSY, 'PrepCompleted=True:Completed'],
    'before',
    { type: 'entered', stage: 'Upgrade' },
  ],
  [
    'but not when preparing has failed',
    'Upgrade',
    [BUSY, 'PrepCompleted=False:Failed'],
    'before',
    refused('Upgrade', 'Previous stage not succeeded'),
  ],
  [
    'T12 a completed upgrade is rolled back',
    'Rollback',
    [BUSY, 'UpgradeCompleted=True:Completed'],
    'after',
    { type: 'entered', stage: 'Rollback' },
  ],
  ['T12 a failed one, too', 'Rollback', [BUSY, 'UpgradeCompleted=False:Failed'], 'after', { type: 'entered', stage: 'Rollback' }],
  ['T12 and one under way', 'Rollback', [BUSY, 'UpgradeInProgress=True:InProgress'], 'after', { type: 'entered', stage: 'Rollback' }],
  [
    'T12 without an upgrade there is nothing to roll back',
    'Rollback',
    ['Idle=True:Idle'],
    'before',
    refused('Rollback', 'Upgrade not started or already finalized'),
  ],
])('%s', (_title, stage, list, side, expected) => {
  expect(outcome(stage, list, side)).toEqual(expected);
});
