import { expect, test } from 'vitest';
import { delayOf, secondsOf } from './delay.ts';
import { holdsOf } from './hold.ts';
import { timeOf } from './times.ts';

test.each([
  ['nothing', undefined, []],
  ['an empty value', { 'godwit.io/hold-before': '' }, []],
  ['one phase', { 'godwit.io/hold-before': 'QuiesceSourceApplications' }, ['QuiesceSourceApplications']],
  ['a list with spaces', { 'godwit.io/hold-before': ' A , B,, ' }, ['A', 'B']],
])('the phases to hold are read from %s', (_title, annotations, names) => {
  expect([...holdsOf(annotations)]).toEqual(names);
});

test.each([
  ['5s', 5],
  ['10m', 600],
  ['0.5s', 0.5],
] as const)('the delay %s is %d seconds', (delay, seconds) => {
  expect(secondsOf(delay)).toBe(seconds);
});

test('a delay has milliseconds and is never negative', () => {
  expect([delayOf(1.23456), delayOf(-3), delayOf(600)]).toEqual(['1.235s', '0s', '600s']);
});

test('a time has whole seconds', () => {
  expect(timeOf(new Date('2030-01-01T10:00:00.999Z'))).toBe('2030-01-01T10:00:00Z');
});
