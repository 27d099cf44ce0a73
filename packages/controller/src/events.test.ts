import { expect, test } from 'vitest';
import { type ConditionLike, transitions } from './events.ts';

const ready = { type: 'Ready', status: 'True', reason: 'AllGood', message: 'well' };

test.each<[string, ConditionLike[] | undefined, ConditionLike[], string[]]>([
  ['that appeared', undefined, [ready], ['Ready True AllGood']],
  ['whose status changed', [ready], [{ ...ready, status: 'False' }], ['Ready False AllGood']],
  ['whose reason changed', [ready], [{ ...ready, reason: 'Other' }], ['Ready True Other']],
  ['without a reason, which is its type then', [], [{ type: 'Closed', status: 'True' }], ['Closed True Closed']],
])('a transition is a condition %s', (_title, before, after, expected) => {
  expect(transitions(before, after).map(({ type, status, reason }) => `${type} ${status} ${reason}`)).toEqual(expected);
});

test('a condition that only says something else is no transition', () => {
  expect(transitions([ready], [{ ...ready, message: '3 of 7 done' }])).toEqual([]);
});

test.each<[boolean, ConditionLike]>([
  [true, { type: 'PvNoSupportedAction', status: 'True', category: 'Warn' }],
  [true, { type: 'InvalidPlanRef', status: 'True', category: 'Critical' }],
  [false, { type: 'InvalidPlanRef', status: 'False', category: 'Critical' }],
  [false, { type: 'Ready', status: 'True', category: 'Required' }],
  [true, { type: 'Ready', status: 'False' }],
  [false, { type: 'Ready', status: 'True' }],
  [false, { type: 'Progressing', status: 'False' }],
])('it is a warning: %s, for %j', (expected, condition) => {
  expect(transitions([], [condition])[0]?.isWarning).toBe(expected);
});
