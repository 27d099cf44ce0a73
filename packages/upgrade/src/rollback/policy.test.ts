import type { AutoRollbackEvent } from '@godwit/api';
import { expect, test } from 'vitest';
import { rollbackChoice, withPolicy } from './policy.ts';

const MONITOR = 'auto-rollback-on-failure.lca.openshift.io/init-monitor';
const CONFIG = 'auto-rollback-on-failure.lca.openshift.io/post-reboot-config';
const COMPLETION = 'auto-rollback-on-failure.lca.openshift.io/upgrade-completion';

const policy = (...on: AutoRollbackEvent[]) => ({ spec: { autoRollbackOnFailure: { on } } });
const upgrade = (annotations?: Record<string, string>) => ({ metadata: { name: 'upgrade', ...(annotations && { annotations }) } });

test.each([
  ['everything, where nothing is said', undefined, undefined, { initMonitor: true, postRebootConfig: true }],
  ['what the annotations leave on', { [MONITOR]: 'Disabled' }, { spec: {} }, { initMonitor: false, postRebootConfig: true }],
  [
    'what the policy names, whatever the annotations say',
    { [MONITOR]: 'Disabled' },
    policy('InitMonitor'),
    { initMonitor: true, postRebootConfig: false },
  ],
  ['nothing, where the policy is empty', undefined, policy(), { initMonitor: false, postRebootConfig: false }],
])('G-I19 a new release is rolled back by %s', (_title, annotations, report, choice) => {
  expect(rollbackChoice(upgrade(annotations), report)).toEqual(choice);
});

test.each([
  [
    'an upgrade without a policy is carried as it is',
    { [MONITOR]: 'Disabled', other: 'x' },
    undefined,
    { [MONITOR]: 'Disabled', other: 'x' },
  ],
  [
    'a policy becomes annotations',
    { [COMPLETION]: 'Disabled', other: 'x' },
    policy('UpgradeCompletion'),
    { [MONITOR]: 'Disabled', [CONFIG]: 'Disabled', other: 'x' },
  ],
])('G-I19 %s', (_title, annotations, report, carried) => {
  expect(withPolicy(upgrade(annotations), report)).toEqual(upgrade(carried));
});
