import type { Condition } from '@godwit/api';
import { describe, expect, test } from 'vitest';
import { type Check, judgeAll, judgeUntilCritical } from './check.ts';
import { advisory, critical, required, warn } from './claim.ts';
import { isMapped, namespacePairs, sourceNamespaces, targetNamespaces } from './namespace-pairs.ts';
import { bytesText, quantityOf } from './quantity.ts';
import { settledConditions } from './settle.ts';
import { whenChanged } from './when-changed.ts';

const fails = (type: string): Check<unknown> => ({ name: type, types: [type], judge: () => [critical(type, 'R', 'm')] });
const warns: Check<unknown> = { name: 'w', types: ['W'], judge: () => [warn('W', 'R', 'm')] };
const mute: Check<unknown> = { name: 'u', types: ['U', 'W'], judge: () => undefined };

test('all checks are asked, and what nobody could judge is named', () => {
  const { claims, unjudged } = judgeAll([fails('A'), warns, mute], {});
  expect(claims.map(({ type }) => type)).toEqual(['A', 'W']);
  expect(unjudged).toEqual(['U']);
});

test('the first Critical fault can end the list', () => {
  expect(judgeUntilCritical([warns, fails('A'), fails('B')], {}).claims.map(({ type }) => type)).toEqual(['W', 'A']);
});

describe('settled conditions', () => {
  const earlier = '2030-01-01T10:00:00Z';
  const now = '2030-01-01T11:00:00Z';
  const before = (type: string, more: Partial<Condition> = {}): Condition => ({
    type,
    status: 'True',
    category: 'Warn',
    reason: 'R',
    message: 'm',
    lastTransitionTime: earlier,
    ...more,
  });
  const settled = (previous: Condition[], claims: Parameters<typeof settledConditions>[1]['claims'], unjudged: string[] = []) =>
    settledConditions(previous, { claims, unjudged }, now, { message: 'Ready.', requires: ['Done'] });

  test('what is said again keeps its time, what is new gets now', () => {
    const [old, fresh] = settled([before('A')], [warn('A', 'R', 'm'), warn('B', 'R', 'm')]);
    expect([old?.lastTransitionTime, fresh?.lastTransitionTime]).toEqual([earlier, now]);
  });
  test('what is judged and not claimed goes, durable or not', () => {
    expect(settled([before('A'), before('B', { durable: true })], []).map(({ type }) => type)).toEqual(['Ready']);
  });
  test('what could not be judged stays as it was', () => {
    expect(settled([before('A')], [], ['A'])[0]).toEqual(before('A'));
  });
  test('the gravest of two claims about one type counts', () => {
    expect(settled([], [warn('A', 'Minor', 'm'), critical('A', 'Grave', 'm')])[0]?.reason).toBe('Grave');
  });
  test('items go into the brackets of the message', () => {
    expect(settled([], [warn('A', 'R', 'Namespaces [] differ.', ['a', 'b'])])[0]?.message).toBe('Namespaces [a,b] differ.');
  });
  test.each([
    ['with what it needs', [required('Done', 'Done', 'm')], 'True', undefined, 'Ready.'],
    ['without what it needs', [], 'False', 'NotDone', 'Still missing: Done.'],
    [
      'with a fault',
      [required('Done', 'Done', 'm'), critical('A', 'R', 'm')],
      'False',
      'Blocked',
      'Blocked by A: see the messages of these conditions.',
    ],
    ['with a remark', [required('Done', 'Done', 'm'), advisory('A', 'R', 'm')], 'True', undefined, 'Ready.'],
  ])('%s an object is Ready %s', (_title, claims, status, reason, message) => {
    const ready = settled([], claims).find(({ type }) => type === 'Ready');
    expect([ready?.status, ready?.reason, ready?.message]).toEqual([status, reason, message]);
  });
});

test('a plan without namespaces has no pairs, and one with namespaces tells which it renames', () => {
  expect(namespacePairs({ spec: {} })).toEqual([]);
  expect(namespacePairs({ spec: { namespaces: ['shop', 'shop:store', 'shop:'] } }).map(isMapped)).toEqual([false, true, false]);
});

test('namespaces are named once, and never with their mapping', () => {
  const plan = { spec: { namespaces: ['a:x', 'b', 'a:x'] } };
  expect([sourceNamespaces(plan), targetNamespaces(plan)]).toEqual([
    ['a', 'b'],
    ['x', 'b'],
  ]);
});

test.each([
  ['10Gi', 10 * 2 ** 30],
  ['500M', 5e8],
  ['250m', 0.25],
  ['1e3', 1000],
  [7, 7],
  [undefined, 0],
])('quantity %s is %d', (text, value) => {
  expect(quantityOf(text)).toBe(value);
});

test('what is no quantity is no number, and bytes are written with a unit', () => {
  expect(quantityOf('many')).toBeNaN();
  expect([bytesText(2 ** 30), bytesText(1.5 * 2 ** 20), bytesText(10)]).toEqual(['1Gi', '1.5Mi', '10']);
});

test('an object wakes when what counts has changed, and when it goes', () => {
  const keys = whenChanged<{ apiVersion: string; kind: string; metadata: { uid: string; deletionTimestamp?: string }; spec: number }>(
    ({ spec }) => spec,
    () => ['k'],
  );
  const object = { apiVersion: 'v1', kind: 'A', metadata: { uid: 'u' }, spec: 1 };
  expect(
    [object, object, { ...object, spec: 2 }, { ...object, spec: 2, metadata: { uid: 'u', deletionTimestamp: 'now' } }].map(
      (each) => keys(each).length,
    ),
  ).toEqual([1, 0, 1, 1]);
});
