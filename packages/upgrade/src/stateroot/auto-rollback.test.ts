import { expect, test } from 'vitest';
import { autoRollbackConfig, timeoutProblem } from './auto-rollback.ts';

const on = { initMonitor: true, postRebootConfig: true };

test.each([
  ['no time-out', on, { monitor_enabled: true, monitor_timeout: 1800, enabled_components: { config: true, postpivot: true } }],
  [
    'a time-out of 0',
    { ...on, timeoutSeconds: 0 },
    { monitor_enabled: true, monitor_timeout: 1800, enabled_components: { config: true, postpivot: true } },
  ],
  [
    'five minutes',
    { ...on, timeoutSeconds: 300 },
    { monitor_enabled: true, monitor_timeout: 300, enabled_components: { config: true, postpivot: true } },
  ],
  ['no monitor', { ...on, initMonitor: false }, { monitor_timeout: 1800, enabled_components: { config: true, postpivot: true } }],
  [
    'no rollback after a failed configuration',
    { ...on, postRebootConfig: false },
    { monitor_enabled: true, monitor_timeout: 1800, enabled_components: { config: false, postpivot: false } },
  ],
])('%s', (_title, choice, file) => {
  expect(JSON.parse(JSON.stringify(autoRollbackConfig(choice)))).toEqual(file);
});

test.each([
  [undefined, undefined],
  [0, undefined],
  [9_223_372_036, undefined],
  [9_223_372_037, 'initMonitorTimeoutSeconds (9223372037) must not be higher than 9223372036'],
  [Number.MAX_SAFE_INTEGER, 'initMonitorTimeoutSeconds (9007199254740991) must not be higher than 9223372036'],
])('of a time-out of %s seconds Prep says: %s', (seconds, problem) => {
  expect(timeoutProblem(seconds)).toBe(problem);
});
