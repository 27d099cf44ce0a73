import { expect, test } from 'vitest';
import { autoRollbackConfig } from './auto-rollback.ts';

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
