import { expect, test } from 'vitest';
import { advanced, closed, opened, stepNames, type Visited } from './steps.ts';

const T = (second: number) => `2030-01-01T00:00:0${second}Z`;
const visit = (name: string, step: string, started: number, completed?: number, lines: string[] = []): Visited => ({
  name,
  step,
  description: `${name} is running`,
  started: T(started),
  completed: completed === undefined ? undefined : T(completed),
  lines,
});

test('each step is listed once, in the order of its first phase', () => {
  expect(stepNames([{ step: 'Prepare' }, { step: 'Backup' }, { step: 'StageBackup' }, { step: 'Backup' }])).toEqual([
    'Prepare',
    'Backup',
    'StageBackup',
  ]);
});

test('a new itinerary lists its steps as not started', () => {
  expect(opened([], ['Prepare'])).toEqual([{ name: 'Prepare', message: 'Not started' }]);
});

test('the current step carries its phase, its sentence and its progress; earlier ones are over', () => {
  const steps = opened([], ['Prepare', 'DirectVolume', 'Restore']);
  const next = advanced(
    steps,
    3,
    [visit('Started', 'Prepare', 0, 1), visit('Copy', 'DirectVolume', 1, undefined, ['[data] 10%'])],
    T(2),
    false,
  );
  expect(next).toEqual([
    { name: 'Prepare', started: T(0), completed: T(1), phase: 'Started', message: 'Completed' },
    { name: 'DirectVolume', started: T(1), phase: 'Copy', message: 'Copy is running', progress: ['[data] 10%'] },
    { name: 'Restore', message: 'Not started' },
  ]);
});

test('a step that was passed over is skipped, and a step without news keeps its progress', () => {
  const steps = advanced(opened([], ['A', 'B', 'C']), 3, [visit('a', 'A', 0, 1, ['line'])], T(1), false);
  const next = advanced(steps, 3, [visit('c', 'C', 2)], T(2), false);
  expect(next[0]).toMatchObject({ name: 'A', completed: T(2), progress: ['line'] });
  expect(next[1]).toMatchObject({ name: 'B', skipped: true });
});

test('what a phase has told last stays, also when later phases of its step, passed in the same round, tell nothing', () => {
  const begun = advanced(opened([], ['A']), 1, [visit('wait', 'A', 0, undefined, ['1 of 28'])], T(1), false);
  const next = advanced(begun, 1, [visit('wait', 'A', 0, 1, ['28 of 28']), visit('wake', 'A', 1, 1)], T(1), false);
  expect(next).toMatchObject([{ phase: 'wake', progress: ['28 of 28'] }]);
});

test('a completed run leaves no step open', () => {
  const next = advanced(opened([], ['A', 'B']), 2, [visit('a', 'A', 0, 1), visit('Completed', 'B', 1, 2)], T(2), true);
  expect(next.every(({ completed }) => completed !== undefined)).toBe(true);
});

test('a failure marks the step it struck and skips the rest; the way back gets steps of its own', () => {
  const struck = closed(advanced(opened([], ['A', 'B', 'C']), 3, [visit('b', 'B', 1)], T(1), false), T(2), true);
  expect(struck.map(({ name, failed, skipped }) => ({ name, failed, skipped }))).toEqual([
    { name: 'A', failed: undefined, skipped: true },
    { name: 'B', failed: true, skipped: undefined },
    { name: 'C', failed: undefined, skipped: true },
  ]);
  const back = advanced(opened(struck, ['CleanupHelpers', 'Cleanup']), 2, [visit('MigrationFailed', 'CleanupHelpers', 3)], T(3), false);
  expect(back.slice(0, 3)).toEqual(struck);
  expect(back[3]).toMatchObject({ name: 'CleanupHelpers', phase: 'MigrationFailed' });
});
