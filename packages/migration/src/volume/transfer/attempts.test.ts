import { labels, type Pod } from '@godwit/api';
import { expect, test } from 'vitest';
import { aPair, aPod } from '../fixtures.ts';
import { attemptLimit, operationFor, startsNow, type VolumeState, volumeState } from './attempts.ts';
import { currentClient } from './client-pods.ts';

const pair = aPair();
const attempts = { limit: 3, stage: false, endings: new Map() };

const client = (attempt: number, exitCode: number | undefined, message = ''): Pod =>
  aPod(
    {
      name: `rsync-${attempt}`,
      namespace: 'shop',
      uid: `pod-${attempt}`,
      creationTimestamp: `2030-01-01T10:0${attempt}:00Z`,
      labels: { [labels.createdForPvc]: pair.sourceHash, [labels.rsyncAttempt]: String(attempt) },
    },
    {
      phase: exitCode === undefined ? 'Running' : exitCode === 0 ? 'Succeeded' : 'Failed',
      containerStatuses: [
        {
          name: 'rsync',
          image: '',
          imageID: '',
          ready: false,
          restartCount: 0,
          state:
            exitCode === undefined
              ? { running: { startedAt: '2030-01-01T10:00:00Z' } }
              : { terminated: { exitCode, message, startedAt: '2030-01-01T10:00:00Z', finishedAt: '2030-01-01T10:00:10Z' } },
        },
      ],
    },
  );

test.each([
  ['no pod yet', undefined, undefined, { state: 'waiting', attempt: 1 }],
  ['a pod at work', client(2, undefined), undefined, { state: 'running', attempt: 2 }],
  ['a pod that ended well', client(1, 0), undefined, { state: 'succeeded', attempt: 1 }],
  ['a lost connection', client(1, 12), undefined, { state: 'retrying', attempt: 1 }],
  ['a lost connection in the last attempt', client(3, 12), undefined, { state: 'failed', attempt: 3 }],
  ['a full target', client(1, 11, 'No space left on device'), undefined, { state: 'failed', attempt: 1 }],
  ['a recorded success whose pod is gone', undefined, { currentAttempt: 2, succeeded: true }, { state: 'succeeded', attempt: 2 }],
  ['a pod that was lost in attempt two', undefined, { currentAttempt: 2 }, { state: 'waiting', attempt: 2 }],
])('%s', (_title, pod, recorded, expected) => {
  expect(volumeState(pair, pod, recorded, attempts)).toMatchObject(expected);
});

test('files that vanish are no failure while the applications run', () => {
  expect(volumeState(pair, client(1, 24), undefined, { ...attempts, stage: true }).state).toBe('succeeded');
  expect(volumeState(pair, client(1, 24), undefined, attempts).state).toBe('retrying');
});

test('the end of a log counts before the kubelet has noticed it', () => {
  const endings = new Map([['pod-1', { exitCode: 0, message: '', finishedAt: '2030-01-01T10:00:10Z' }]]);
  expect(volumeState(pair, client(1, undefined), undefined, { ...attempts, endings }).state).toBe('succeeded');
});

test('a new attempt waits for its time and replaces the pod before it', () => {
  const state = volumeState(pair, client(1, 12), undefined, attempts);
  const ended = Date.parse('2030-01-01T10:00:10Z');
  expect(startsNow([state], ended + 100, 8)).toEqual([]);
  expect(startsNow([state], ended + 500, 8)).toMatchObject([{ attempt: 2, replaces: { metadata: { name: 'rsync-1' } } }]);
});

test('no more volumes than allowed are copied at a time', () => {
  const waiting: VolumeState = volumeState(pair, undefined, undefined, attempts);
  const running = volumeState(pair, client(1, undefined), undefined, attempts);
  expect(startsNow([running, waiting, waiting, waiting], 0, 3)).toHaveLength(2);
});

test('the current pod is the newest one of the claim whose attempt is a number', () => {
  const odd = client(9, 0);
  odd.metadata.labels = { ...odd.metadata.labels, [labels.rsyncAttempt]: 'last' };
  const foreign = client(8, 0);
  foreign.metadata.labels = { ...foreign.metadata.labels, [labels.createdForPvc]: 'other' };
  expect(currentClient([client(1, 12), client(2, undefined), odd, foreign], pair)?.metadata.name).toBe('rsync-2');
  expect(currentClient([foreign], pair)).toBeUndefined();
});

test.each([
  [5, 7, 5],
  [0, 7, 7],
  [0, undefined, 20],
])('with setting %s and limit %s there are %s attempts', (setting, backOffLimit, limit) => {
  expect(attemptLimit({ spec: { backOffLimit } }, setting)).toBe(limit);
});

test('what is recorded of a volume names its claim, its attempt and its end', () => {
  expect(operationFor(volumeState(pair, client(2, 0), undefined, attempts))).toEqual({
    pvcReference: { namespace: 'shop', name: 'data' },
    currentAttempt: 2,
    succeeded: true,
  });
});
