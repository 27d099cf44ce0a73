import type { Condition } from '@godwit/api';
import { describe, expect, test } from 'vitest';
import {
  beginStaging,
  blockers,
  type Conditions,
  conditionsOf,
  deleteConditions,
  endStaging,
  hasAll,
  hasAny,
  hasCategory,
  itemsIn,
  listOf,
  type MtcClaim,
  reconcileFailed,
  saysTheSame,
  setConditions,
  setReady,
  settleConditions,
  stageConditions,
} from './mtc-conditions.ts';

const THEN = '2030-01-01T10:00:00Z';
const NOW = '2030-01-01T11:00:00Z';

const condition = (type: string, more: Partial<Condition> = {}): Condition => ({
  type,
  status: 'True',
  category: 'Advisory',
  lastTransitionTime: THEN,
  ...more,
});
const claim = (type: string, more: Partial<MtcClaim> = {}): MtcClaim => ({ type, category: 'Advisory', ...more });
const typesOf = (conditions: Conditions) => listOf(conditions).map(({ type }) => type);
const five = conditionsOf(['A', 'B', 'C', 'D', 'E'].map((type) => condition(type)));

describe('M1: items stand in the brackets of a message', () => {
  test('M1: the items of a claim are put into the empty brackets', () => {
    const [found] = settleConditions([], [claim('Bad', { message: 'The following [] need to be fixed.', items: ['A', 'B'] })], NOW);
    expect(found?.message).toBe('The following [A,B] need to be fixed.');
  });

  test.each([
    ['The following [A, B,C] need to be fixed.', ['A', 'B', 'C']],
    ['[one] and [two]', ['one']],
    ['The following [] need to be fixed.', []],
    ['nothing in brackets', []],
    [undefined, []],
  ])('M1: the items of %j are read back', (message, items) => {
    expect(itemsIn(message)).toEqual(items);
  });

  test('M1: an item may contain what a replacement pattern would take for its own', () => {
    const [found] = settleConditions([], [claim('Bad', { message: 'see []', items: ['$&', '$1'] })], NOW);
    expect(found?.message).toBe('see [$&,$1]');
  });

  test('M1: items that were kept through a round stay in the message', () => {
    const before = [condition('Bad', { message: 'see [A,B]' })];
    expect(settleConditions(before, [], NOW, { keep: ['Bad'] })).toEqual(before);
  });
});

describe('M3: the transition time', () => {
  const before = [condition('A', { reason: 'Because', message: 'see [x]' })];

  test('M3: stays when the claim says the same, items included', () => {
    expect(settleConditions(before, [claim('A', { reason: 'Because', message: 'see []', items: ['x'] })], NOW)).toEqual(before);
  });

  test.each<[string, Partial<MtcClaim>]>([
    ['reason', { reason: 'Other' }],
    ['status', { status: 'False' }],
    ['category', { category: 'Warn' }],
    ['message', { message: 'look' }],
    ['items', { items: ['y'] }],
  ])('M3: moves when the %s differs', (_what, change) => {
    const [found] = settleConditions(before, [claim('A', { reason: 'Because', message: 'see []', items: ['x'], ...change })], NOW);
    expect(found?.lastTransitionTime).toBe(NOW);
  });

  test.each<[boolean, Partial<Condition>]>([
    [true, { lastTransitionTime: NOW }],
    [true, { durable: true }],
    [true, { reason: '' }],
    [false, { type: 'B' }],
    [false, { status: 'False' }],
    [false, { reason: 'Other' }],
    [false, { category: 'Warn' }],
    [false, { message: 'look' }],
  ])('M3: whether two conditions are equal is %s with %j', (same, change) => {
    expect(saysTheSame(condition('A'), condition('A', change))).toBe(same);
  });
});

describe('M4: a condition is had', () => {
  const mixed = conditionsOf([
    condition('A'),
    condition('B', { status: 'False', category: 'Critical' }),
    condition('C', { category: 'Warn' }),
  ]);

  test.each<[string[], boolean]>([
    [['A'], true],
    [['A', 'C'], true],
    [['A', 'B'], false],
    [['A', 'Z'], false],
    [[], true],
  ])('M4: all of %j: %s', (types, expected) => {
    expect(hasAll(mixed, ...types)).toBe(expected);
  });

  test('M4: any of several is enough where any is asked for', () => {
    expect([hasAny(mixed, 'Z', 'A'), hasAny(mixed, 'B', 'Z')]).toEqual([true, false]);
  });

  test('M4: only while it is staged', () => {
    const staging = stageConditions(beginStaging(mixed), 'C');
    expect([hasAll(staging, 'A'), hasAll(staging, 'C')]).toEqual([false, true]);
  });

  test('M4: and so is its category', () => {
    expect([hasCategory(mixed, 'Warn'), hasCategory(mixed, 'Critical')]).toEqual([true, false]);
    expect(hasCategory(beginStaging(mixed), 'Warn', 'Advisory')).toBe(false);
  });
});

describe('M5: deleting', () => {
  test('M5: B and D of A to E leaves A, C and E', () => {
    expect(typesOf(deleteConditions(five, 'B', 'D'))).toEqual(['A', 'C', 'E']);
  });

  test('M5: while staging they are only unstaged, and may be staged again', () => {
    const all = stageConditions(beginStaging(five), 'A', 'B', 'C', 'D', 'E');
    const without = deleteConditions(all, 'B', 'D');
    expect(without.entries).toHaveLength(5);
    expect(typesOf(without)).toEqual(['A', 'C', 'E']);
    expect(typesOf(endStaging(stageConditions(without, 'B')))).toEqual(['A', 'B', 'C', 'E']);
  });
});

describe('a round', () => {
  test('drops what nobody claimed, and keeps what is durable', () => {
    const before = [condition('Gone'), condition('Kept', { durable: true }), condition('Claimed')];
    expect(settleConditions(before, [claim('Claimed'), claim('New')], NOW).map(({ type }) => type)).toEqual(['Kept', 'Claimed', 'New']);
  });

  test('takes a durable condition away only when it is deleted', () => {
    const staging = deleteConditions(beginStaging(conditionsOf([condition('Kept', { durable: true })])), 'Kept');
    expect(listOf(endStaging(staging))).toEqual([]);
  });

  test('never changes the values it was given', () => {
    const before = structuredClone(five);
    setConditions(beginStaging(five), claim('A', { reason: 'New' }), NOW);
    expect(five).toEqual(before);
  });

  test('is blocked by what is critical or an error, and true', () => {
    const list = [
      condition('A', { category: 'Critical' }),
      condition('B', { category: 'Error' }),
      condition('C', { category: 'Warn' }),
      condition('D', { category: 'Critical', status: 'False' }),
    ];
    expect(blockers(conditionsOf(list)).map(({ type }) => type)).toEqual(['A', 'B']);
  });

  test('sets Ready as a requirement, and takes it away', () => {
    const ready = setReady(conditionsOf([]), true, 'The plan is ready.', NOW);
    expect(listOf(ready)).toEqual([
      { type: 'Ready', status: 'True', category: 'Required', message: 'The plan is ready.', lastTransitionTime: NOW },
    ]);
    expect(listOf(setReady(ready, false, '', NOW))).toEqual([]);
  });

  test('that broke is not Ready and names the error', () => {
    const staging = stageConditions(beginStaging(conditionsOf([condition('Ready'), condition('Other')])), 'Ready');
    expect(listOf(reconcileFailed(staging, 'no route', NOW))).toEqual([
      {
        type: 'ReconcileFailed',
        status: 'True',
        category: 'Critical',
        message: 'Reconcile failed: [no route]. See controller logs for details.',
        lastTransitionTime: NOW,
      },
    ]);
  });
});
