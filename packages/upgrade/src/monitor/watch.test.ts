import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '@godwit/controller';
import { fakeClock } from '@godwit/testkit';
import { expect, test } from 'vitest';
import { disarm, type RollbackSettings, writeSettings } from '../rollback/deadline.ts';
import { autoRollbackConfig } from '../stateroot/auto-rollback.ts';
import { secondsLeft } from './remaining.ts';
import { messageOfFailedUnit, timeoutMessage, watchUpgrade } from './watch.ts';

const settings = (more: Partial<RollbackSettings> = {}): RollbackSettings => ({
  ...autoRollbackConfig({ timeoutSeconds: 1800, initMonitor: true, postRebootConfig: true }),
  ...more,
});
const now = new Date('2030-01-01T10:00:00Z');

test.each([
  ['no settings', undefined, undefined],
  ['a monitor that is switched off', { ...settings(), monitor_enabled: undefined }, undefined],
  ['no time at all', settings({ monitor_timeout: 0 }), undefined],
  ['a deadline that nobody has set', settings(), 1800],
  ['a deadline ahead', settings({ deadline: '2030-01-01T10:10:00Z' }), 600],
  ['a deadline that is over', settings({ deadline: '2030-01-01T09:00:00Z' }), 0],
  ['a clock that lies far back', settings({ deadline: '2031-01-01T09:00:00Z' }), 1800],
])('with %s the monitor has so many seconds', (_title, given, left) => {
  expect(secondsLeft(given as RollbackSettings | undefined, now)).toBe(left);
});

const newRoot = (): string => mkdtempSync(join(tmpdir(), 'godwit-monitor-'));

const watching = (root: string) => {
  const clock = fakeClock('2030-01-01T10:00:00Z');
  const messages: string[] = [];
  const ended = watchUpgrade({ root, clock, log: silentLog, rollBack: async (message) => void messages.push(message) });
  return { clock, messages, ended };
};

/** Lets time pass step by step, as the monitor sleeps. */
const pass = async (clock: ReturnType<typeof fakeClock>, seconds: number): Promise<void> => {
  for (let passed = 0; passed < seconds; passed += 5) {
    await expect.poll(() => clock.sleepers()).toBeGreaterThan(0);
    await clock.advance(5);
  }
};

test('T49 the upgrade is rolled back at its deadline, and the message says after how long', async () => {
  const root = newRoot();
  await writeSettings(root, settings({ deadline: '2030-01-01T10:01:00Z' }));
  const { clock, messages, ended } = watching(root);
  await pass(clock, 60);
  expect(await ended).toBe('rolled back');
  expect(messages).toEqual(['Rollback due to LCA Init Monitor timeout, after 30m0s']);
  expect(timeoutMessage({ monitor_timeout: 45 })).toBe('Rollback due to LCA Init Monitor timeout, after 45s');
});

test('G-I18 after a second reboot only the rest of the time is left', async () => {
  const root = newRoot();
  await writeSettings(root, settings({ deadline: '2030-01-01T09:59:59Z' }));
  const { ended, messages } = watching(root);
  expect(await ended).toBe('rolled back');
  expect(messages).toHaveLength(1);
});

test('the watch ends without a rollback when the upgrade is completed, and where there was none', async () => {
  const root = newRoot();
  expect(await watching(root).ended).toBe('nothing to watch');
  await writeSettings(root, settings());
  const { clock, ended, messages } = watching(root);
  await pass(clock, 10);
  await disarm(root);
  await pass(clock, 5);
  expect(await ended).toBe('completed');
  expect(messages).toEqual([]);
});

test.each([
  ['postpivot', 'exit-code', settings(), 'Rollback due to service-unit failure: component postpivot'],
  ['config', 'signal', settings(), 'Rollback due to service-unit failure: component config'],
  ['postpivot', 'success', settings(), undefined],
  ['postpivot', 'exit-code', { ...settings(), enabled_components: { config: true, postpivot: false } }, undefined],
  ['postpivot', 'exit-code', undefined, undefined],
])('a unit %s that ends with %s', (component, result, given, message) => {
  expect(messageOfFailedUnit(component, result, given as RollbackSettings | undefined)).toBe(message);
});
