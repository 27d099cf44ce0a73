import type { UpgradeFinding } from '@godwit/api';
import type { Walked } from '@godwit/controller';
import { expect, test } from 'vitest';
import { newFindings, replaceFindings } from './findings.ts';
import { journalAfter, withoutJournal } from './journal.ts';
import { progressOf } from './progress.ts';

const finding = (code: string, object = 'x', message = 'm'): UpgradeFinding => ({ code, severity: 'Warning', object, message });

test('whoever owns codes says anew what was found; all else stays', () => {
  const list = [finding('A', 'old'), finding('B')];
  expect(replaceFindings(list, ['A'], [finding('A', 'new')])).toEqual([finding('B'), finding('A', 'new')]);
  expect(replaceFindings(list, ['A', 'B'], [])).toEqual([]);
});

test('a finding that only says something else is not new', () => {
  expect(newFindings([finding('A')], [finding('A', 'x', 'other'), finding('A', 'y')])).toEqual([finding('A', 'y')]);
});

const visit = (bytesDone?: number, bytesTotal?: number) => ({
  name: 'Pull',
  step: 'Stateroot',
  description: 'Pulling',
  attempts: 1,
  said: {
    reason: 'Pulling',
    message: 'Pulling layers',
    progress: bytesDone === undefined ? {} : { bytesDone, bytesTotal: bytesTotal ?? 0, bytesPerSecond: 10 },
  },
});

test('G-I9 progress has numbers where there are any', () => {
  expect(progressOf(undefined, visit(50, 200))).toEqual({
    phase: 'Pull',
    step: 'Pulling layers',
    percent: 25,
    bytesDone: 50,
    bytesTotal: 200,
    etaSeconds: 15,
  });
  expect(progressOf(undefined, visit())).toEqual({ phase: 'Pull', step: 'Pulling layers' });
});

test('G-I9 percent never goes back within a phase, and begins anew with the next one', () => {
  const before = progressOf(undefined, visit(50, 100));
  expect(progressOf(before, visit(10, 100)).percent).toBe(50);
  expect(progressOf(before, visit()).percent).toBe(50);
  expect(progressOf({ ...before, phase: 'Other' }, visit(10, 100)).percent).toBe(10);
});

const walked: Walked = {
  outcome: 'waiting',
  journal: { phase: 'Pull', startedAt: '2030-01-01T10:00:00Z', attempts: 1 },
  visits: [{ ...visit(), started: '2030-01-01T10:00:00Z' }],
  current: visit(),
  notes: { notes: { digest: 'sha256:1' } },
};

test('the journal of another list is dropped, findings and history stay', () => {
  const status = { itinerary: 'Old', phase: 'Gone', phases: [{ name: 'Gone' }], findings: [finding('A')] };
  expect(journalAfter(status, 'Prep', walked)).toMatchObject({
    itinerary: 'Prep',
    phase: 'Pull',
    phases: [{ name: 'Pull', step: 'Stateroot', started: '2030-01-01T10:00:00Z', message: 'Pulling layers' }],
    findings: [finding('A')],
    notes: { digest: 'sha256:1' },
  });
});

test('a list that is through shows no progress', () => {
  const done = journalAfter({ progress: { phase: 'Pull' } }, 'Prep', { ...walked, outcome: 'completed' });
  expect(done).not.toHaveProperty('progress');
});

test('without its journal a report keeps what was found', () => {
  expect(withoutJournal({ itinerary: 'Prep', phase: 'Pull', phases: [], progress: {}, findings: [finding('A')] })).toEqual({
    findings: [finding('A')],
  });
});
