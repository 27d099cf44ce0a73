import { expect, test } from 'vitest';
import { aPair, aPod } from '../fixtures.ts';
import type { VolumeState } from '../transfer/attempts.ts';
import type { ClientState } from '../transfer/client-pods.ts';
import { podBuckets } from './buckets.ts';

const created = Date.parse('2030-01-01T10:00:00Z');

const volume = (state: VolumeState['state'], phase: ClientState['phase']): VolumeState => ({
  pair: aPair(),
  attempt: 1,
  state,
  failure: undefined,
  retryAt: 0,
  client: {
    pod: aPod({ name: 'rsync-1', namespace: 'shop', uid: 'u', creationTimestamp: '2030-01-01T10:00:00Z' }),
    attempt: 1,
    phase,
    exitCode: undefined,
    log: '',
    startedAt: undefined,
    finishedAt: undefined,
    waiting: undefined,
  },
});

const filled = (volumes: VolumeState[], seconds: number): string[] =>
  Object.entries(podBuckets(undefined, volumes, new Map(), created + seconds * 1000)).flatMap(([name, list]) =>
    list.length > 0 ? name : [],
  );

// M43
test.each([
  ['failed and will be tried again', volume('retrying', 'failed'), 5, ['runningPods']],
  ['has no phase', volume('running', 'unknown'), 5, ['unknownPods']],
  ['has been pending for a short time', volume('running', 'pending'), 5, ['pendingPods']],
  ['has been pending for more than ten minutes', volume('running', 'pending'), 601, ['pendingPods', 'pendingSinceTimeLimitPods']],
  ['runs', volume('running', 'running'), 5, ['runningPods']],
  ['ended well', volume('succeeded', 'succeeded'), 5, ['successfulPods']],
  ['failed for good', volume('failed', 'failed'), 5, ['failedPods']],
])('a pod that %s', (_title, state, seconds, buckets) => {
  expect(filled([state], seconds)).toEqual(buckets);
});

test('a pod that was removed after its success stays listed', () => {
  const before = podBuckets(undefined, [volume('succeeded', 'succeeded')], new Map(), created);
  const gone: VolumeState = { ...volume('succeeded', 'succeeded'), client: undefined };
  expect(podBuckets(before, [gone], new Map(), created).successfulPods).toEqual(before.successfulPods);
});
