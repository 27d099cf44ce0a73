import { describe, expect, test } from 'vitest';
import { isAfterPivot } from './after-pivot.ts';
import { clearInvalid } from './clear-invalid.ts';
import { conditions, textsOf } from './conditions.fixture.ts';
import { completePhase, completeStage, startPhase, startStage } from './history.ts';
import { ipConfigGate } from './ip-config-gate.ts';
import { observeGeneration } from './observe-generation.ts';
import { stageInProgress } from './stage-in-progress.ts';

test.each<[string[], string[]]>([
  [['Idle=False:InvalidTransition:no'], ['Idle=False:InProgress:In progress']],
  [['Idle=True:Idle', 'PrepInProgress=False:InvalidTransition'], ['Idle=True:Idle']],
  [['Idle=True:Idle', 'UpgradeInProgress=False:InvalidTransition', 'RollbackInProgress=False:InvalidTransition'], ['Idle=True:Idle']],
  [
    ['Idle=True:Idle', 'PrepInProgress=True:InProgress'],
    ['Idle=True:Idle', 'PrepInProgress=True:InProgress'],
  ],
])('T16 clearing what was asked for in vain: %j → %j', (list, expected) => {
  expect(textsOf(clearInvalid(conditions(...list)))).toEqual(expected);
});

test.each([
  ['rhcos_4.14', '4.14', undefined, true],
  ['rhcos', '4.14', undefined, false],
  ['rhcos_4.13', '4.14', undefined, false],
  ['rhcos_', undefined, undefined, false],
  [undefined, '4.14', undefined, false],
  ['rhcos_4.14', '4.14', 'rhcos', true],
  ['rhcos_4.14', '4.15', 'rhcos', true],
  ['rhcos_4.14', undefined, 'rhcos', true],
  ['rhcos', '4.14', 'rhcos', false],
  [undefined, '4.14', 'rhcos', false],
])('with %s booted, %s wanted and %s left at the pivot it is after the pivot: %s', (booted, version, left, expected) => {
  expect(isAfterPivot({ booted, version, left })).toBe(expected);
});

test.each<[string[], string | undefined]>([
  [['Idle=True:Idle'], undefined],
  [['Idle=False:InProgress', 'PrepInProgress=True:InProgress'], 'Prep'],
  [['Idle=False:InProgress', 'UpgradeInProgress=True:InProgress'], 'Upgrade'],
  [['UpgradeInProgress=False:Failed', 'RollbackInProgress=True:InProgress'], 'Rollback'],
  [['Idle=False:AbortFailed'], 'Idle'],
  [['PrepInProgress=True:InProgress', 'Idle=False:Aborting'], 'Idle'],
  [['Idle=False:InvalidTransition', 'UpgradeInProgress=True:InProgress'], 'Upgrade'],
  [['Idle=False:InProgress', 'PrepCompleted=False:Failed'], undefined],
])('with %j the handler of %s runs', (list, stage) => {
  expect(stageInProgress(conditions(...list))).toBe(stage);
});

test('only conditions of the wanted stage are said to hold for the new generation', () => {
  const list = conditions('Idle=False:InProgress', 'PrepCompleted=True:Completed', 'UpgradeInProgress=True:InProgress');
  const generations = (stage: 'Idle' | 'Upgrade') => observeGeneration(list, stage, 9).map(({ observedGeneration }) => observedGeneration);
  expect(generations('Upgrade')).toEqual([1, 1, 9]);
  expect(generations('Idle')).toEqual([9, 1, 1]);
});

describe('T13 beside a change of addresses', () => {
  test.each<[string, Parameters<typeof ipConfigGate>[0], string]>([
    ['whose API is not served', { served: false }, 'open'],
    ['whose object is missing', { served: true }, 'missing'],
    ['that nobody has looked at', { served: true, object: { conditions: [] } }, 'open'],
    ['that is idle', { served: true, object: { conditions: conditions('Idle=True:Idle') } }, 'open'],
    ['that is blocked itself', { served: true, object: { conditions: conditions('Idle=False:Blocked') } }, 'open'],
    ['that goes on', { served: true, object: { conditions: conditions('Idle=False:InProgress') } }, 'blocked'],
  ])('%s the gate is %s', (_title, facts, gate) => {
    expect(ipConfigGate(facts)).toBe(gate);
  });
});

describe('the history', () => {
  const [one, two, three] = ['2030-01-01T10:00:01Z', '2030-01-01T10:00:02Z', '2030-01-01T10:00:03Z'];
  const begun = startStage([], 'Prep', one);

  test('gets one entry per stage, whenever its handler runs', () => {
    expect(begun).toEqual([{ stage: 'Prep', startTime: one, phases: [] }]);
    expect(startStage(begun, 'Prep', two)).toEqual(begun);
  });

  test('gets a phase once, and its end once', () => {
    const phase = startPhase(startPhase(begun, 'Prep', 'Stateroot', one), 'Prep', 'Stateroot', two);
    const done = completePhase(completePhase(phase, 'Prep', 'Stateroot', two), 'Prep', 'Stateroot', three);
    expect(done).toEqual([{ stage: 'Prep', startTime: one, phases: [{ phase: 'Stateroot', startTime: one, completionTime: two }] }]);
  });

  test('ignores a phase before its stage, and the end of what has not begun', () => {
    expect(startPhase([], 'Upgrade', 'PrePivot', one)).toEqual([]);
    expect(completePhase(begun, 'Prep', 'Precache', two)).toEqual(begun);
    expect(completeStage(begun, 'Upgrade', two)).toEqual(begun);
  });

  test('closes a stage once', () => {
    expect(completeStage(completeStage(begun, 'Prep', two), 'Prep', three)[0]).toMatchObject({ completionTime: two });
  });
});
