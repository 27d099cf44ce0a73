import { expect, test } from 'vitest';
import { momentOf, pauseOf } from './paused-until.ts';
import { reconciliationActive } from './reconciliation-active.ts';

const now = new Date('2030-01-01T12:00:00Z');

test.each([
  ['T1: unset does not pause', undefined, { paused: false }],
  ['T2: four hours ahead pauses for four hours', '2030-01-01T16:00:00Z', { paused: true, secondsLeft: 14_400 }],
  ['T3: four hours ago does not pause, and says since when', '2030-01-01T08:00:00Z', { paused: false, secondsLeft: -14_400 }],
  ['T4: true pauses without an end', 'true', { paused: true }],
  ['T5: false does not pause', 'false', { paused: false }],
  ['another time zone is understood', '2030-01-01T14:00:00+01:00', { paused: true, secondsLeft: 3600 }],
  [
    'T8: any other text does not pause, and is named',
    'banana',
    { paused: false, problem: 'invalid value specified in pausedUntil field: "banana"' },
  ],
  [
    'a tail after the seconds is no time',
    '2024-01-01T00:00:00banana',
    { paused: false, problem: 'invalid value specified in pausedUntil field: "2024-01-01T00:00:00banana"' },
  ],
])('%s', (_title, value, pause) => {
  expect(pauseOf(value, now)).toEqual(pause);
});

test.each(['1', 't', 'T', 'TRUE', 'true', 'True'])('%s pauses, as Go reads it', (value) => {
  expect(pauseOf(value, now)).toEqual({ paused: true });
});

test.each(['0', 'f', 'F', 'FALSE', 'false', 'False'])('%s does not pause, as Go reads it', (value) => {
  expect(pauseOf(value, now)).toEqual({ paused: false });
});

test.each(['2030-02-30T00:00:00Z', '2030-01-01', '2030-01-01T25:00:00Z', '2030-01-01 10:00:00Z', 'tRUE', ''])(
  '"%s" is no moment',
  (text) => {
    expect(momentOf(text)).toBeUndefined();
  },
);

test.each([
  ['unset', undefined, 'True', 'AsExpected', 'Reconciliation active on resource'],
  ['a past date', '2029-12-31T23:59:59Z', 'True', 'AsExpected', 'Reconciliation active on resource'],
  ['a future date', '2031-01-01T00:00:00Z', 'False', 'ReconciliationPaused', 'Reconciliation paused until: 2031-01-01T00:00:00Z'],
  ['true', 'true', 'False', 'ReconciliationPaused', 'Reconciliation paused until field removed'],
  ['another text', 'soon', 'True', 'InvalidPausedUntilValue', 'Invalid value provided for PausedUntil field'],
])('T6: the condition for %s', (_title, value, status, reason, message) => {
  expect(reconciliationActive(value, now)).toEqual({ type: 'ReconciliationActive', status, reason, message });
});
