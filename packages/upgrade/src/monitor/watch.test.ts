import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '@godwit/controller';
import { fakeClock } from '@godwit/testkit';
import { expect, test } from 'vitest';
import { disarm, type RollbackSettings, writeSettings } from '../rollback/deadline.ts';
import { type TimeLeft, timeLeftPath } from '../rollback/time-left.ts';
import { autoRollbackConfig } from '../stateroot/auto-rollback.ts';
import { secondsLeft } from './remaining.ts';
import { messageOfFailedUnit, timeoutMessage, watchUpgrade } from './watch.ts';

const settings = (more: Partial<RollbackSettings> = {}): RollbackSettings => ({
  ...autoRollbackConfig({ timeoutSeconds: 1800, initMonitor: true, postRebootConfig: true }),
  ...more,
});
const now = new Date('2030-01-01T10:00:00Z');

const last = (more: Partial<TimeLeft>): TimeLeft => ({ deadline: undefined, boot: 'this', uptime: 100, left: 900, ...more });
const FAR = '2031-01-01T09:00:00Z';

test.each<[string, Partial<RollbackSettings> | undefined, TimeLeft | undefined, number | undefined]>([
  ['no settings', undefined, undefined, undefined],
  ['a monitor that is switched off', { ...settings(), monitor_enabled: undefined } as unknown as RollbackSettings, undefined, undefined],
  ['no time at all', settings({ monitor_timeout: 0 }), undefined, undefined],
  ['a deadline that nobody has set', settings(), undefined, 1800],
  ['a deadline ahead', settings({ deadline: '2030-01-01T10:10:00Z' }), undefined, 600],
  ['a deadline that is over', settings({ deadline: '2030-01-01T09:00:00Z' }), undefined, 0],
  ['a clock that lies far back', settings({ deadline: FAR }), undefined, 1800],
  ['a clock that was set back in this boot', settings({ deadline: FAR }), last({ deadline: FAR }), 850],
  [
    'a clock that was set ahead in this boot',
    settings({ deadline: '2030-01-01T01:00:00Z' }),
    last({ deadline: '2030-01-01T01:00:00Z' }),
    850,
  ],
  ['time that is used up in this boot', settings(), last({ left: 50 }), 0],
  ['a clock that lies far back in each boot', settings({ deadline: FAR }), last({ deadline: FAR, boot: 'before' }), 900],
  [
    'a deadline that came nearer while the machine was off',
    settings({ deadline: '2030-01-01T10:10:00Z' }),
    last({ deadline: '2030-01-01T10:10:00Z', boot: 'before' }),
    600,
  ],
  ['what is left of another deadline', settings({ deadline: '2030-01-01T10:30:00Z' }), last({ deadline: FAR }), 1800],
])('with %s the monitor has so many seconds', (_title, given, known, left) => {
  expect(secondsLeft(given as RollbackSettings | undefined, { now, boot: 'this', uptime: 150 }, known)).toBe(left);
});

const newRoot = (): string => mkdtempSync(join(tmpdir(), 'godwit-monitor-'));

const watching = (root: string, boot = 'this', time = '2030-01-01T10:00:00Z') => {
  const clock = fakeClock(time);
  const messages: string[] = [];
  const ended = watchUpgrade({
    root,
    clock,
    log: silentLog,
    boot,
    uptime: () => clock.now().getTime() / 1000,
    rollBack: async (message) => void messages.push(message),
  });
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
  expect(existsSync(timeLeftPath(root))).toBe(false);
});

/** A watch whose clock is set ahead by so many hours as soon as it sleeps. */
const setAhead = (root: string, hours: number) => {
  const clock = fakeClock('2030-01-01T10:00:00Z');
  const start = clock.now().getTime();
  const shown = { ...clock, now: () => new Date(clock.now().getTime() + (clock.now().getTime() > start ? hours * 3_600_000 : 0)) };
  const messages: string[] = [];
  const uptime = () => clock.now().getTime() / 1000;
  const rollBack = async (message: string) => void messages.push(message);
  return { clock, messages, ended: watchUpgrade({ root, clock: shown, log: silentLog, boot: 'this', uptime, rollBack }) };
};

test.each([9, -9])('a clock that is set by %i hours neither shortens nor lengthens the time', async (hours) => {
  const root = newRoot();
  await writeSettings(root, settings({ deadline: '2030-01-01T10:01:00Z' }));
  const { clock, messages, ended } = setAhead(root, hours);
  await pass(clock, 55);
  expect(messages).toEqual([]);
  await pass(clock, 5);
  expect(await ended).toBe('rolled back');
});

test('G-I18 a machine whose clock begins anew in each boot is rolled back when all boots together have used up the time', async () => {
  const root = newRoot();
  await writeSettings(root, settings({ monitor_timeout: 180, deadline: '2030-01-01T10:03:00Z' }));
  for (const boot of ['first', 'second']) {
    const { clock, messages } = watching(root, boot, '1970-01-01T00:00:00Z');
    await pass(clock, 80);
    await expect.poll(() => clock.sleepers()).toBe(1);
    expect(messages).toEqual([]);
  }
  const { clock, ended } = watching(root, 'third', '1970-01-01T00:00:00Z');
  await pass(clock, 30);
  expect(await ended).toBe('rolled back');
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
