import { ApiError, ConnectionError, resource } from '@godwit/kube';
import { type FakeClock, fakeClock } from '@godwit/testkit';
import { describe, expect, test } from 'vitest';
import type { Effect } from './effect.ts';
import { type Phase, phaseOf, pipeline } from './phase.ts';
import { advance, fail, noting, reason, type Verdict, wait } from './verdict.ts';
import { type Walk, walk } from './walk.ts';
import { type Journal, journalOf, type Walked } from './walked.ts';

const ConfigMap = resource('v1', 'ConfigMap', 'configmaps');
const Done = reason('Done', () => 'it is done');
const NotYet = reason('NotYet', ({ what }: { what: string }) => `waiting for ${what}`);
const Broken = reason('Broken', () => 'it is broken');

const create = (name: string): Effect => ({
  do: 'create',
  on: 'host',
  resource: ConfigMap,
  object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'shop', name } },
});

type World = { applies: boolean };
const phase = (
  name: string,
  judge: () => Verdict,
  options: { deadlineSeconds?: number; when?: (world: World) => boolean } = {},
): Phase<World, string> =>
  phaseOf<World, string>()({
    name,
    step: `${name}Step`,
    description: `Doing ${name}`,
    observe: async () => ({}),
    decide: judge,
    ...options,
  });

const START = '2030-01-01T10:00:00Z';
const LATER = '2030-01-01T10:05:00Z';

type Setup = { journal?: Journal | undefined; now?: string } & Partial<Omit<Walk<World, string>, 'journal'>>;

/** Walks one round and keeps in order what was written and carried out. */
const walkOnce = async (phases: readonly Phase<World, string>[], { journal, now = START, ...rest }: Setup = {}) => {
  const history: string[] = [];
  const records: Walked[] = [];
  const clock: FakeClock = fakeClock(now);
  const walked = await walk({
    pipeline: pipeline('Test', phases),
    world: { applies: false },
    subject: 'subject',
    journal,
    clock,
    random: () => 1,
    carryOut: async (effects) => {
      for (const effect of effects) history.push(effect.do === 'create' ? `create ${effect.object.metadata.name}` : effect.do);
    },
    record: async (walked) => {
      records.push(walked);
      history.push(`record ${walked.journal?.phase} ${walked.outcome}`);
    },
    ...rest,
  });
  return { walked, history, records };
};

const passes = (name: string) => phase(name, () => advance(Done()));
const creates = (name: string) => phase(name, () => advance(Done(), [create(name)]));
const waits = (name: string, seconds = 600) => phase(name, () => wait(NotYet({ what: name }), [], '5s'), { deadlineSeconds: seconds });
const throws = (name: string, error: unknown, seconds = 600) =>
  phase(
    name,
    () => {
      throw error;
    },
    { deadlineSeconds: seconds },
  );
const refusal = (status: number, retryAfter?: number) => new ApiError('the server said no', { status, reason: 'Because', retryAfter });

describe('a walk', () => {
  test('passes phases without effects in one round with one write', async () => {
    const { walked, history } = await walkOnce([passes('A'), passes('B'), passes('C')]);
    expect(walked).toMatchObject({ outcome: 'completed', journal: { phase: 'C', startedAt: START, attempts: 1, pipeline: 'Test' } });
    expect(history).toEqual(['record C completed']);
  });

  test('names a phase in status before its effects happen', async () => {
    const { history } = await walkOnce([passes('A'), creates('B'), creates('C'), waits('D')]);
    expect(history).toEqual(['record B running', 'create B', 'record C running', 'create C', 'record D waiting']);
  });

  test('writes what a phase notes before its effects, also when status names the phase already', async () => {
    const notes = (name: string) => phase(name, () => noting({ asleep: ['db'] }, advance(Done(), [create(name)])));
    const journal = { phase: 'One', startedAt: START, attempts: 1 };
    const { history, records } = await walkOnce([notes('One'), passes('Two')], { journal });
    expect(history).toEqual(['record One running', 'create One', 'record Two completed']);
    expect(records.map(({ notes: noted }) => noted)).toEqual([{ asleep: ['db'] }, { asleep: ['db'] }]);
  });

  test('writes the notes of a phase that only waits', async () => {
    const noticing = phase('One', () => noting({ seen: 5 }, wait(NotYet({ what: 'C' }))));
    const { records } = await walkOnce([noticing]);
    expect(records.at(-1)?.notes).toEqual({ seen: 5 });
  });

  test('does not name a phase again that status names already', async () => {
    const { history, walked } = await walkOnce([creates('A'), creates('B'), waits('C')], {
      journal: { phase: 'B', startedAt: START, attempts: 3 },
    });
    expect(history).toEqual(['create B', 'record C waiting']);
    expect(walked.visits.map(({ name, attempts }) => [name, attempts])).toEqual([
      ['B', 3],
      ['C', 1],
    ]);
  });

  test('tells of every visited phase with its times and what was said', async () => {
    const { walked } = await walkOnce([passes('A'), phase('B', () => advance(Done()), { when: ({ applies }) => applies }), waits('C')]);
    expect(walked).toEqual({
      outcome: 'waiting',
      after: '5s',
      said: NotYet({ what: 'C' }),
      journal: { phase: 'C', startedAt: START, attempts: 1, pipeline: 'Test' },
      current: expect.objectContaining({ name: 'C' }),
      visits: [
        { name: 'A', step: 'AStep', description: 'Doing A', attempts: 1, started: START, completed: START, said: Done() },
        { name: 'B', step: 'BStep', description: 'Doing B', attempts: 0, completed: START, skipped: true },
        { name: 'C', step: 'CStep', description: 'Doing C', attempts: 1, started: START, said: NotYet({ what: 'C' }) },
      ],
    });
  });

  test('resumes a phase with the start that status has, without asking again whether it applies', async () => {
    const applies = phase('B', () => wait(NotYet({ what: 'B' })), { when: () => false });
    const { walked } = await walkOnce([passes('A'), applies], { journal: { phase: 'B', startedAt: START, attempts: 1 }, now: LATER });
    expect(walked).toMatchObject({ outcome: 'waiting', journal: { phase: 'B', startedAt: START } });
    expect(walked.visits.map(({ name }) => name)).toEqual(['B']);
  });

  test.each<[string, Journal | undefined]>([
    ['there is no journal', undefined],
    ['the journal names an unknown phase', { phase: 'Z', startedAt: START, attempts: 1 }],
    ['the journal is of another pipeline', { phase: 'B', startedAt: START, attempts: 1, pipeline: 'Other' }],
  ])('begins with the first phase when %s', async (_title, journal) => {
    const { walked } = await walkOnce([passes('A'), passes('B')], journal ? { journal } : {});
    expect(walked.visits.map(({ name }) => name)).toEqual(['A', 'B']);
  });

  test('carries out the effects of a phase that waits, and writes at the end what it waits for', async () => {
    const { history, walked } = await walkOnce([phase('A', () => wait(NotYet({ what: 'x' }), [create('A')], '10m'))]);
    expect(history).toEqual(['record A running', 'create A', 'record A waiting']);
    expect(walked.after).toBe('600s');
  });

  test('carries out the effects of a phase that fails, and ends there', async () => {
    const { history, walked } = await walkOnce([phase('A', () => fail(Broken(), [create('A')])), passes('B')]);
    expect(history).toEqual(['record A running', 'create A', 'record A failed']);
    expect(walked).toMatchObject({ outcome: 'failed', said: Broken(), current: { name: 'A', failed: true, completed: START } });
  });
});

describe('a deadline', () => {
  const journal = { phase: 'A', startedAt: START, attempts: 1 };

  test('fails a phase that would go on waiting, and repeats what it waited for', async () => {
    const { walked } = await walkOnce([waits('A', 300)], { journal, now: LATER });
    expect(walked).toMatchObject({
      outcome: 'failed',
      said: { reason: 'ADeadlineExceeded', message: 'A did not end within 300 seconds. At last: waiting for A' },
    });
  });

  test('does not carry out the effects of a phase that is over it', async () => {
    const { history } = await walkOnce([phase('A', () => wait(NotYet({ what: 'x' }), [create('A')]), { deadlineSeconds: 300 })], {
      journal,
      now: LATER,
    });
    expect(history).toEqual(['record A failed']);
  });

  test('lets a phase advance that comes late', async () => {
    const { walked } = await walkOnce([phase('A', () => advance(Done()), { deadlineSeconds: 1 })], { journal, now: LATER });
    expect(walked.outcome).toBe('completed');
  });

  test('shortens the wait to what is left', async () => {
    const { walked } = await walkOnce([waits('A', 302)], { journal, now: LATER });
    expect(walked.after).toBe('2s');
  });

  test('can be set for a walk', async () => {
    const { walked } = await walkOnce([waits('A', 10)], { journal, now: LATER, deadlineOf: () => 3600 });
    expect(walked.outcome).toBe('waiting');
  });
});

describe('an error', () => {
  test.each<[string, unknown]>([
    ['a conflict', refusal(409)],
    ['throttling', refusal(429)],
    ['a fault of the server', refusal(500)],
    ['a lost connection', new ConnectionError('reset', { server: 's', fault: 'reset' })],
    ['an error of unknown origin', new TypeError('oops')],
  ])('that may pass is tried again: %s', async (_title, error) => {
    const { walked } = await walkOnce([throws('A', error)]);
    expect(walked).toMatchObject({
      outcome: 'retrying',
      after: '0.5s',
      said: { reason: 'Retrying' },
      journal: { phase: 'A', attempts: 2 },
    });
  });

  test('is tried again later and later, after ten seconds at most, and not before the server allows it', async () => {
    const afterAttempt = async (attempts: number, error: unknown) =>
      (await walkOnce([throws('A', error)], { journal: { phase: 'A', startedAt: START, attempts } })).walked.after;
    expect(await Promise.all([1, 2, 3, 4, 20].map((attempts) => afterAttempt(attempts, refusal(500))))).toEqual([
      '0.5s',
      '1s',
      '2s',
      '4s',
      '10s',
    ]);
    expect(await afterAttempt(1, refusal(429, 17))).toBe('17s');
  });

  test('fails the phase when the server refuses for good, with the name of the phase and the error', async () => {
    const { walked } = await walkOnce([throws('A', refusal(422))]);
    expect(walked).toMatchObject({ outcome: 'failed', said: { reason: 'AFailed', message: 'A failed: the server said no' } });
  });

  test.each([401, 403, 404])('with status %i is believed only after a minute: an API server that starts says so too', async (status) => {
    const outcomeAt = async (attempts: number, now: string) =>
      (await walkOnce([throws('A', refusal(status))], { journal: { phase: 'A', startedAt: START, attempts }, now })).walked.outcome;
    expect(await outcomeAt(1, '2030-01-01T10:02:00Z')).toBe('retrying');
    expect(await outcomeAt(7, '2030-01-01T10:02:00Z')).toBe('retrying');
    expect(await outcomeAt(50, '2030-01-01T10:00:59Z')).toBe('retrying'); // changes elsewhere woke many rounds
    expect(await outcomeAt(8, '2030-01-01T10:01:00Z')).toBe('failed');
  });

  test('fails the phase at its deadline', async () => {
    const { walked } = await walkOnce([throws('A', refusal(500), 60)], {
      journal: { phase: 'A', startedAt: START, attempts: 9 },
      now: LATER,
    });
    expect(walked).toMatchObject({
      outcome: 'failed',
      said: { reason: 'ADeadlineExceeded', message: expect.stringContaining('the server said no') },
    });
  });

  test('of an effect counts as one of the phase', async () => {
    const { walked, history } = await walkOnce([creates('A')], {
      carryOut: async () => {
        throw refusal(503);
      },
    });
    expect(walked).toMatchObject({ outcome: 'retrying', journal: { phase: 'A', attempts: 2 } });
    expect(history).toEqual(['record A running', 'record A retrying']);
  });

  test.each<[string, Setup]>([
    ['an abort', { carryOut: async () => Promise.reject(new DOMException('stop', 'AbortError')) }],
    ['a refused write of the status', { record: async () => Promise.reject(new DOMException('stop', 'QuotaExceededError')) }],
  ])('is thrown on when it is %s', async (_title, setup) => {
    await expect(walkOnce([creates('A')], setup)).rejects.toThrow('stop');
  });
});

describe('a hold', () => {
  const hold = new Set(['B']);

  test('stops the walk before the phase, which is named but not begun', async () => {
    const { walked } = await walkOnce([passes('A'), creates('B')], { hold });
    expect(walked).toMatchObject({
      outcome: 'held',
      said: { reason: 'Held', parameters: { phase: 'B' } },
      journal: { phase: 'B', startedAt: '', attempts: 0 },
    });
    expect(walked.current).not.toHaveProperty('started');
    expect(walked.after).toBeUndefined();
  });

  test('goes on once the phase is not held any more, with a start of its own', async () => {
    const { walked, history } = await walkOnce([passes('A'), creates('B')], {
      journal: { phase: 'B', startedAt: '', attempts: 0 },
      now: LATER,
    });
    expect(history).toEqual(['record B running', 'create B', 'record B completed']);
    expect(walked.journal).toMatchObject({ startedAt: LATER, attempts: 1 });
  });

  test('does not stop a phase that has begun', async () => {
    const { walked } = await walkOnce([passes('A'), creates('B')], { hold, journal: { phase: 'B', startedAt: START, attempts: 1 } });
    expect(walked.outcome).toBe('completed');
  });

  test('does not stop before a phase that does not apply', async () => {
    const { walked } = await walkOnce([phase('B', () => advance(Done()), { when: () => false }), passes('C')], { hold });
    expect(walked.outcome).toBe('completed');
  });
});

describe('the journal of a status', () => {
  const phases = [
    { name: 'A', started: START },
    { name: 'B', started: '2030-01-01T10:05:00Z', attempts: 3 },
  ];
  test.each([
    ['of nothing stands before the first phase', undefined, { phase: '', startedAt: '', attempts: 1 }],
    [
      'is the entry of the phase that it names',
      { phase: 'B', itinerary: 'Test', phases },
      { phase: 'B', startedAt: '2030-01-01T10:05:00Z', attempts: 3, pipeline: 'Test' },
    ],
    ['has a first attempt where none is counted', { phase: 'A', phases }, { phase: 'A', startedAt: START, attempts: 1 }],
    ['without an entry stands before its phase', { phase: 'C', phases }, { phase: 'C', startedAt: '', attempts: 1 }],
  ])('%s', (_title, status, journal) => {
    expect(journalOf(status)).toEqual(journal);
  });
});
