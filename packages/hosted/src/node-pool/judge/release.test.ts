import { expect, test } from 'vitest';
import { clusterVersion } from './release.ts';

const entry = (version: string, completed = true) =>
  ({ version, state: completed ? 'Completed' : 'Partial', ...(completed ? { completionTime: '2030-01-01T10:00:00Z' } : {}) }) as never;

test.each([
  ['no history: the wanted release', [], '4.15.0'],
  ['a completed upgrade: its version', [entry('4.14.0')], '4.14.0'],
  ['only one under way: the wanted release', [entry('4.14.0', false)], '4.15.0'],
  ['one under way and a completed one: the completed', [entry('4.16.0', false), entry('4.15.0')], '4.15.0'],
])('the version that a pool must not exceed is, with %s (T21)', (_title, history, version) => {
  expect(clusterVersion(history, '4.15.0')).toBe(version);
});
