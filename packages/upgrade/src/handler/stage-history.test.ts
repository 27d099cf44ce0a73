import { type Phase, pipeline, type Walked } from '@godwit/controller';
import { expect, test } from 'vitest';
import { historyAfter } from './stage-history.ts';

const phase = (name: string, step: string): Phase<unknown, unknown> => ({
  name,
  step,
  description: name,
  deadlineSeconds: 1,
  when: () => true,
  judge: () => Promise.reject(new Error('is not judged here')),
});
const list = pipeline('Prep', [
  phase('Validate', 'Validate'),
  phase('Unpack', 'Stateroot'),
  phase('Deploy', 'Stateroot'),
  phase('Pull', 'Precache'),
]);
const now = '2030-01-01T10:00:00Z';
const walkedTo = (name: string, step: string, outcome: Walked['outcome'] = 'waiting'): Walked => ({
  outcome,
  journal: { phase: name, startedAt: now, attempts: 1 },
  visits: [{ name, step, description: name, attempts: 1, started: now }],
  current: undefined,
});
const begun = [{ stage: 'Prep' as const, startTime: now, phases: [] }];
const phasesOf = (history: ReturnType<typeof historyAfter>) =>
  (history[0]?.phases ?? []).map(({ phase: name, completionTime }) => `${name}${completionTime ? ' done' : ''}`);

test('2.9 a part of a stage begins with its first phase and is done when a later part begins', () => {
  const validating = historyAfter(begun, 'Prep', list, walkedTo('Validate', 'Validate'), now);
  expect(phasesOf(validating)).toEqual([]);
  const unpacking = historyAfter(validating, 'Prep', list, walkedTo('Unpack', 'Stateroot'), now);
  expect(phasesOf(unpacking)).toEqual(['Stateroot']);
  expect(phasesOf(historyAfter(unpacking, 'Prep', list, walkedTo('Deploy', 'Stateroot'), now))).toEqual(['Stateroot']);
  const pulling = historyAfter(unpacking, 'Prep', list, walkedTo('Pull', 'Precache'), now);
  expect(phasesOf(pulling)).toEqual(['Stateroot done', 'Precache']);
  expect(phasesOf(historyAfter(pulling, 'Prep', list, walkedTo('Pull', 'Precache', 'completed'), now))).toEqual([
    'Stateroot done',
    'Precache done',
  ]);
});

test('2.9 a part that failed is not done', () => {
  const failed = historyAfter(begun, 'Prep', list, walkedTo('Unpack', 'Stateroot', 'failed'), now);
  expect(phasesOf(failed)).toEqual(['Stateroot']);
});
