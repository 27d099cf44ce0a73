import { expect, test } from 'vitest';
import { countVisits } from './count-visits.ts';
import type { Visit } from './walked.ts';

const visit = (name: string, more: Partial<Visit>): Visit => ({ name, step: 'Step', description: 'Doing it', attempts: 1, ...more });

test('every visited phase counts with its outcome and what it said', () => {
  const counted: string[][] = [];
  const visits = [
    visit('A', { skipped: true, completed: 'now' }),
    visit('B', { completed: 'now', said: { reason: 'Done', message: '' } }),
    visit('C', { said: { reason: 'NotYet', message: '' } }),
    visit('D', { failed: true, completed: 'now', said: { reason: 'Broken', message: '' } }),
  ];
  const metrics = { verdict: (...labels: string[]) => void counted.push(labels) };
  countVisits(metrics, 'Final', { outcome: 'failed', journal: undefined, current: undefined, visits });
  expect(counted).toEqual([
    ['Final', 'A', 'skip', ''],
    ['Final', 'B', 'advance', 'Done'],
    ['Final', 'C', 'wait', 'NotYet'],
    ['Final', 'D', 'fail', 'Broken'],
  ]);
});
