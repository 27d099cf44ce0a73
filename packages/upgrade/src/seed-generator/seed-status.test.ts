import { expect, test } from 'vitest';
import { isSeedOver, type SeedStatus, seedCompleted, seedFailed, seedProgressed, seedRejected } from './seed-status.ts';

const moment = { now: '2026-11-21T16:00:00Z', generation: 1 };
const later = { now: '2026-11-21T16:05:00Z', generation: 1 };

const told = ({ conditions = [] }: SeedStatus): string[] =>
  conditions.map(({ type, status, reason, message }) => `${type} ${status} ${reason}: ${message}`);

const working = seedProgressed({}, 'Starting seed generation', moment);

test('it goes on: its start is noted once', () => {
  const after = seedProgressed(working, 'Cleaning cluster resources', later);
  expect(told(after)).toEqual(['SeedGenInProgress True InProgress: Cleaning cluster resources']);
  expect(after).toMatchObject({ startedAt: moment.now, observedGeneration: 1 });
  expect(isSeedOver(after)).toBe(false);
});

test.each<[string, SeedStatus, string[]]>([
  [
    'it is completed',
    seedCompleted(working, later),
    ['SeedGenInProgress False Completed: Seed Generation completed', 'SeedGenCompleted True Completed: Seed Generation completed'],
  ],
  [
    'it has failed',
    seedFailed(working, 'the registry is down', later),
    ['SeedGenInProgress False Failed: the registry is down', 'SeedGenCompleted False Failed: Seed generation failed: the registry is down'],
  ],
  [
    'it is rejected before it began',
    seedRejected({}, 'Rejected: no', later),
    ['SeedGenInProgress False Failed: Rejected: no', 'SeedGenCompleted False Failed: Rejected: no'],
  ],
])('%s: the last condition says so, and it is over', (_title, status, lines) => {
  expect(told(status)).toEqual(lines);
  expect(isSeedOver(status)).toBe(true);
});

test('only what is completed has an end', () => {
  expect(seedCompleted(working, later).completedAt).toBe(later.now);
  expect(seedFailed(working, 'x', later).completedAt).toBeUndefined();
});
