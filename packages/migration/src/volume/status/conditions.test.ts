import { expect, test } from 'vitest';
import { type ConditionFacts, copyConditions } from './conditions.ts';

const facts = (
  fields: Partial<ConditionFacts> & { phase?: string; outcome?: ConditionFacts['walked']['outcome']; said?: [string, string] },
): ConditionFacts => ({
  before: undefined,
  walked: {
    outcome: fields.outcome ?? 'waiting',
    journal: { phase: fields.phase ?? 'RunRsyncOperations', startedAt: '2030-01-01T10:00:00Z', attempts: 1 },
    visits: [],
    current: undefined,
    ...(fields.said === undefined ? {} : { said: { reason: fields.said[0], message: fields.said[1] } }),
  },
  itinerary: 'VolumeMigration',
  step: { number: 15, total: 19 },
  buckets: { successfulPods: [], failedPods: [], runningPods: [], pendingPods: [], unknownPods: [], pendingSinceTimeLimitPods: [] },
  endpoint: undefined,
  invalidOptions: [],
  withoutRoot: [],
  secondsInPhase: 0,
  now: '2030-01-01T10:00:00Z',
  ...fields,
});

const said = (list: ReturnType<typeof copyConditions>) =>
  list.map(({ type, category, reason, message }) => [type, category, reason, message]);

test('at work it is Running, with its phase and step, and Ready', () => {
  expect(said(copyConditions(facts({})))).toEqual([
    ['Running', 'Advisory', 'RunRsyncOperations', 'Step: 15/19'],
    ['Ready', 'Required', undefined, 'Direct migration is ready'],
  ]);
});

test('a copy that stands before a phase is Held there, and nothing says that the phase has begun', () => {
  expect(said(copyConditions(facts({ phase: 'VerifyVolumes', outcome: 'held' })))).toEqual([
    ['Running', 'Advisory', 'HoldBefore', 'Step: 15/19'],
    ['Held', 'Advisory', 'HoldBefore', 'Stopped before phase VerifyVolumes; remove the annotation godwit.io/hold-before to go on.'],
    ['Ready', 'Required', undefined, 'Direct migration is ready'],
  ]);
});

test('at the end it has Succeeded and is Running no more', () => {
  const before = copyConditions(facts({}));
  expect(said(copyConditions(facts({ before, phase: 'Completed', outcome: 'completed' })))).toEqual([
    ['Ready', 'Required', undefined, 'Direct migration is ready'],
    ['Succeeded', 'Advisory', 'Completed', 'The migration has succeeded'],
  ]);
});

test.each([
  ['RunRsyncOperations', 'Critical'],
  ['VerifyVolumes', 'Critical'],
  ['CreateRsyncRoute', 'Warn'],
])('a failure in %s is %s', (phase, category) => {
  const list = copyConditions(facts({ phase, outcome: 'failed', said: ['RsyncFailed', 'why'] }));
  expect(said(list)).toContainEqual(['Failed', category, phase, 'The migration has failed. See: Errors.']);
});

test.each([
  ['RsyncTimedOut', 'SourceToDestinationNetworkError'],
  ['RsyncNoRouteToHost', 'SourceToDestinationNetworkError'],
  ['VolumesDiffer', 'VolumesDiffer'],
  ['TargetVolumeFull', 'TargetVolumeFull'],
])('%s has the durable condition %s, which outlives the clean-up', (reason, type) => {
  const before = copyConditions(facts({ outcome: 'failed', said: [reason, 'why'] }));
  const after = copyConditions(facts({ before, itinerary: 'VolumeMigrationFailed', phase: 'Completed', outcome: 'completed' }));
  expect(said(after)).toContainEqual([type, 'Critical', reason, 'why']);
  expect(after.map(({ type: each }) => each)).not.toContain('Succeeded');
});

test.each([
  ['a minute', 60, false],
  ['six minutes', 360, true],
])('M40: errors of creating pods for %s', (_title, secondsInPhase, warned) => {
  const list = copyConditions(facts({ outcome: 'retrying', said: ['Retrying', 'quota'], secondsInPhase }));
  expect(list.some(({ type }) => type === 'FailedCreatingRsyncPods')).toBe(warned);
});

test.each([
  ['EnsureRsyncRouteAdmitted', 'RsyncRouteNotAdmitted'],
  ['WaitForRsyncTransferPodsRunning', 'RsyncTransferPodsPending'],
])('%s warns after three minutes', (phase, type) => {
  const of = (secondsInPhase: number) => copyConditions(facts({ phase, secondsInPhase })).some((each) => each.type === type);
  expect([of(179), of(181)]).toEqual([false, true]);
});

test('pods that do not start for long are named', () => {
  const stuck = { namespace: 'shop', name: 'rsync-1' };
  const buckets = { ...facts({}).buckets, pendingPods: [stuck], pendingSinceTimeLimitPods: [stuck] };
  const found = copyConditions(facts({ buckets })).find(({ type }) => type === 'RsyncClientPodsPending');
  expect(found).toMatchObject({
    category: 'Warn',
    reason: 'PodStuckInContainerCreating',
    message: expect.stringContaining('shop/rsync-1'),
  });
});

test('an image that cannot be pulled is an error with the words of the kubelet', () => {
  const list = copyConditions(facts({ said: ['TransferImageNotPulled', 'cannot get image'] }));
  expect(said(list)).toContainEqual(['TransferImageNotPulled', 'Error', 'TransferImageNotPulled', 'cannot get image']);
  expect(list.some(({ type }) => type === 'Ready')).toBe(false);
});
