import type { DirectVolumeMigrationProgress } from '@godwit/api';
import { expect, test } from 'vitest';
import { aPair, aPod } from '../fixtures.ts';
import type { VolumeState } from '../transfer/attempts.ts';
import { readProgress } from '../transfer/log-progress.ts';
import { goDuration, secondsIn } from './duration.ts';
import { progressStatus, totalSeconds } from './progress-status.ts';

type Status = NonNullable<DirectVolumeMigrationProgress['status']>;

const start = Date.parse('2030-01-01T10:00:00Z');

const state = (name: string, phase: 'pending' | 'running' | 'succeeded' | 'failed', exitCode?: number): VolumeState => ({
  pair: aPair(),
  attempt: 1,
  state: phase === 'pending' ? 'running' : phase,
  failure: undefined,
  retryAt: 0,
  client: {
    pod: aPod({ name, namespace: 'shop', creationTimestamp: '2030-01-01T10:00:00Z' }),
    attempt: 1,
    phase,
    exitCode,
    log: '',
    startedAt: phase === 'pending' ? undefined : '2030-01-01T10:00:00Z',
    finishedAt: undefined,
    waiting: undefined,
  },
});

const half = readProgress('  500.00M  50%  10.00MB/s  0:00:05');

test.each([
  ['waits', state('a', 'pending'), undefined, { phase: 'Pending', totalProgressPercentage: '0%' }],
  ['runs', state('a', 'running'), half, { phase: 'Running', lastObservedProgressPercent: '50%', lastObservedTransferRate: '10.00MB/s' }],
  [
    'ended well without saying how far it was',
    state('a', 'succeeded', 0),
    undefined,
    { phase: 'Succeeded', totalProgressPercentage: '100%', exitCode: 0 },
  ],
  ['failed', state('a', 'failed', 12), undefined, { phase: 'Failed', exitCode: 12 }],
])('a client that %s', (_title, volume, progress, expected) => {
  expect(progressStatus(undefined, volume, progress, start + 40_000)).toMatchObject(expected);
});

test('a failed client shows no percentage of its own', () => {
  expect(progressStatus(undefined, state('a', 'failed', 12), half, start)).not.toHaveProperty('lastObservedProgressPercent');
});

test('while there is no pod there is nothing to say', () => {
  expect(progressStatus(undefined, { ...state('a', 'running'), client: undefined }, undefined, start)).toBeUndefined();
});

const earlier = (...pods: [name: string, percent: string, elapsed: string][]): Status['rsyncPodStatuses'] =>
  pods.map(([podName, lastObservedProgressPercent, containerElapsedTime]) => ({
    podName,
    lastObservedProgressPercent,
    containerElapsedTime,
  }));

// M56, as Godwit has it: percentages of attempts are not added up.
test('the total is how far the present attempt is, not a sum over attempts', () => {
  const rsyncPodStatuses = earlier(['pod-1', '0%', '10s'], ['pod-2', '10%', '30s'], ['pod-3', '20%', '40s']);
  const status = progressStatus({ rsyncPodStatuses }, state('pod-4', 'running'), half, start + 40_000);
  expect(status).toMatchObject({ totalProgressPercentage: '50%', rsyncElapsedTime: '2m0s' });
  expect(status?.rsyncPodStatuses).toHaveLength(3);
});

// M56
test.each([
  ['three pods and the present one', ['pod-1', 'pod-2', 'pod-3'], '2m0s'],
  ['the present pod among the earlier ones counts once', ['pod-1', 'pod-2', 'pod-4'], '1m20s'],
])('elapsed time: %s', (_title, names, total) => {
  const seconds = ['10s', '30s', '40s'];
  const pods = names.map((podName, index) => ({ podName, containerElapsedTime: seconds[index] }));
  expect(goDuration(totalSeconds({ podName: 'pod-4', containerElapsedTime: '40s' }, pods))).toBe(total);
});

test('the pod of an earlier attempt goes into the history once', () => {
  const first = progressStatus(undefined, state('pod-1', 'failed', 12), undefined, start + 10_000);
  const second = progressStatus(first, state('pod-2', 'running'), half, start + 10_000);
  const third = progressStatus(second, state('pod-2', 'running'), half, start + 20_000);
  expect(third?.rsyncPodStatuses?.map(({ podName }) => podName)).toEqual(['pod-1']);
});

test.each([
  [0, '0s'],
  [59.6, '1m0s'],
  [90, '1m30s'],
  [3723, '1h2m3s'],
])('%d seconds are %s', (seconds, text) => {
  expect(goDuration(seconds)).toBe(text);
  expect(secondsIn(text)).toBe(Math.round(seconds));
});

test.each(['', 'soon', undefined])('"%s" is no duration', (text) => {
  expect(secondsIn(text)).toBeUndefined();
});
