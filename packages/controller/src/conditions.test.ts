import { describe, expect, test } from 'vitest';
import {
  aggregate,
  isTrue,
  mirror,
  type StandardClaim,
  type StandardCondition,
  summary,
  withCondition,
  withoutConditions,
} from './conditions.ts';

const THEN = '2030-01-01T10:00:00Z';
const NOW = '2030-01-01T11:00:00Z';
const claim = (type: string, status: StandardClaim['status'] = 'True', reason = 'Because'): StandardClaim => ({
  type,
  status,
  reason,
  message: `${type} is ${status}`,
});
const condition = (...args: Parameters<typeof claim>): StandardCondition => ({ ...claim(...args), lastTransitionTime: THEN });

describe('a condition', () => {
  test.each<[string, StandardClaim, string]>([
    ['stays when nothing changed', claim('Ready'), THEN],
    ['stays when only the reason changed', claim('Ready', 'True', 'Other'), THEN],
    ['moves with the status', claim('Ready', 'False'), NOW],
  ])('has a transition time that %s', (_title, next, time) => {
    expect(withCondition([condition('A'), condition('Ready')], next, NOW)).toEqual([condition('A'), { ...next, lastTransitionTime: time }]);
  });

  test('that is new comes last', () => {
    expect(withCondition([condition('A')], claim('Ready'), NOW)).toEqual([condition('A'), { ...claim('Ready'), lastTransitionTime: NOW }]);
  });

  test('can be taken away and asked for', () => {
    const list = [condition('A'), condition('B', 'False')];
    expect(withoutConditions(list, 'A')).toEqual([condition('B', 'False')]);
    expect([isTrue(list, 'A'), isTrue(list, 'B'), isTrue(list, 'C'), isTrue(undefined, 'A')]).toEqual([true, false, false, false]);
  });
});

describe('a summary', () => {
  const good = { reason: 'AllGood', message: 'everything is well' };
  const options = { types: ['Available', 'Degraded'], faults: ['Degraded'], good };

  test.each<[string, StandardCondition[], Partial<StandardClaim>]>([
    ['is True when all are good', [condition('Available'), condition('Degraded', 'False')], { status: 'True', ...good }],
    ['takes an absent fault for none', [condition('Available')], { status: 'True' }],
    ['is Unknown when one is absent', [], { status: 'Unknown', reason: 'NotYetKnown', message: 'Available: Available is not known yet' }],
    ['is False by a fault', [condition('Available'), condition('Degraded', 'True', 'DiskFull')], { status: 'False', reason: 'DiskFull' }],
    [
      'names all that are worst',
      [condition('Available', 'False', 'NoPods'), condition('Degraded', 'True', 'DiskFull')],
      { status: 'False', reason: 'NoPods', message: 'Available: Available is False; Degraded: Degraded is True' },
    ],
    [
      'prefers what is known to be bad over what is unknown',
      [condition('Available', 'Unknown'), condition('Degraded', 'True')],
      { status: 'False' },
    ],
  ])('%s', (_title, list, expected) => {
    expect(summary('Ready', list, options)).toMatchObject({ type: 'Ready', ...expected });
  });
});

describe('an aggregate', () => {
  const object = (name: string, ...conditions: StandardCondition[]) => ({ name, conditions });
  const many = Array.from({ length: 7 }, (_, at) => object(`n${at}`, condition('Ready', 'False', 'NoDisk')));

  test.each<[string, ReturnType<typeof object>[], Partial<StandardClaim>]>([
    [
      'is True when all are',
      [object('a', condition('Ready')), object('b', condition('Ready'))],
      { status: 'True', message: '2 of 2 are Ready' },
    ],
    ['is True for none', [], { status: 'True', message: '0 of 0 are Ready' }],
    [
      'names who is not',
      [object('a', condition('Ready')), object('b', condition('Ready', 'False', 'NoDisk'))],
      { status: 'False', reason: 'NoDisk', message: '1 of 2 are not Ready: b' },
    ],
    ['names five at most', many, { message: '7 of 7 are not Ready: n0, n1, n2, n3, n4 and 2 more' }],
    [
      'is Unknown when somebody says nothing',
      [object('a', condition('Ready')), object('b')],
      { status: 'Unknown', message: '1 of 2 are not known to be Ready: b' },
    ],
  ])('%s', (_title, objects, expected) => {
    expect(aggregate('Ready', objects)).toMatchObject(expected);
  });
});

test.each<[string, StandardCondition | undefined, Partial<StandardClaim>]>([
  [
    'is what the child says',
    condition('Completed', 'False', 'NoSpace'),
    { status: 'False', reason: 'NoSpace', message: 'Backup shop/a: Completed is False' },
  ],
  ['is Unknown while the child says nothing', undefined, { status: 'Unknown', message: 'Backup shop/a says nothing yet' }],
])('a mirrored condition %s', (_title, child, expected) => {
  expect(mirror('BackedUp', child, 'Backup shop/a')).toMatchObject({ type: 'BackedUp', ...expected });
});
