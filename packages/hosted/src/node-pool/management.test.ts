import { expect, test } from 'vitest';
import { inPlaceMaxUnavailable, managementProblem, taintsToJson } from './management.ts';

const rolling = { maxSurge: 1, maxUnavailable: 1 };

test.each([
  ['an unknown upgrade type', { upgradeType: 'bad' }, 'unknown upgrade type: bad'],
  ['Replace without its block', { upgradeType: 'Replace' }, 'requires a replace strategy'],
  ['an unknown strategy', { upgradeType: 'Replace', replace: { strategy: 'bad' } }, 'unknown strategy: bad'],
  [
    'RollingUpdate without its block',
    { upgradeType: 'Replace', replace: { strategy: 'RollingUpdate' } },
    'requires a rolling update block',
  ],
])('%s is refused (T45)', (_title, management, message) => {
  expect(managementProblem(management as never)).toContain(message);
});

test.each([
  ['RollingUpdate with numbers', { upgradeType: 'Replace', replace: { strategy: 'RollingUpdate', rollingUpdate: rolling } }],
  ['OnDelete', { upgradeType: 'Replace', replace: { strategy: 'OnDelete' } }],
  ['InPlace', { upgradeType: 'InPlace' }],
])('%s is accepted (T45)', (_title, management) => {
  expect(managementProblem(management as never)).toBeUndefined();
});

test.each([
  ['nothing said', undefined, 4, 1],
  ['a number', 2, 4, 2],
  ['a share', '75%', 4, 3],
  ['a small share', '10%', 4, 1],
])('an in-place update takes away, for %s, at most so many nodes (T48)', (_title, value, replicas, most) => {
  expect(inPlaceMaxUnavailable(value, replicas)).toBe(most);
});

test('taints travel as JSON (T49)', () => {
  expect(taintsToJson(undefined)).toBe('[]');
  expect(taintsToJson([{ key: 'dedicated', value: 'db', effect: 'NoSchedule' }])).toBe(
    '[{"key":"dedicated","value":"db","effect":"NoSchedule"}]',
  );
});
