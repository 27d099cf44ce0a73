import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AUTO_ROLLBACK_FILE, autoRollbackConfig } from '../stateroot/auto-rollback.ts';
import { disarm, type RollbackSettings, readSettings, withChoice, withDeadline, writeSettings } from './deadline.ts';

const now = new Date('2030-01-01T10:00:00Z');
const settings = (timeoutSeconds?: number): RollbackSettings =>
  autoRollbackConfig({ timeoutSeconds, initMonitor: true, postRebootConfig: true });

test.each([
  ['half an hour where nothing is said (T48)', settings(), '2030-01-01T10:30:00.000Z'],
  ['what the spec says', settings(300), '2030-01-01T10:05:00.000Z'],
  ['the longest time that Prep lets through', settings(9_223_372_036), '2322-04-13T09:47:16.000Z'],
  [
    'that of this pivot, not of one before it that was cut short',
    { ...settings(300), deadline: '2030-01-01T09:59:00Z' },
    '2030-01-01T10:05:00.000Z',
  ],
])('D-I15 the deadline is absolute: %s', (_title, given, deadline) => {
  expect(withDeadline(given, now).deadline).toBe(deadline);
});

test.each([
  ['the monitor is switched off', withChoice(settings(), { initMonitor: false, postRebootConfig: true })],
  ['there is no time at all', { ...settings(), monitor_timeout: 0 }],
])('there is no deadline where %s', (_title, given) => {
  expect(withDeadline(given, now)).toEqual(given);
});

test('D-I17 the later word of the annotations wins, both ways', () => {
  const off = withChoice(settings(60), { initMonitor: false, postRebootConfig: false });
  expect(off).toEqual({ monitor_timeout: 60, enabled_components: { config: false, postpivot: false } });
  expect(withChoice(off, { initMonitor: true, postRebootConfig: true })).toEqual(settings(60));
});

test('settings are kept on disk until the watch ends', async () => {
  const root = mkdtempSync(join(tmpdir(), 'godwit-deadline-'));
  expect(await readSettings(root)).toBeUndefined();
  await writeSettings(root, withDeadline(settings(60), now));
  expect(await readSettings(root)).toMatchObject({ monitor_timeout: 60, deadline: '2030-01-01T10:01:00.000Z' });
  await disarm(root);
  expect(await readSettings(root)).toBeUndefined();
  await disarm(root);
});

test.each([
  ['are cut off', '{"monitor_enabled":true,"monitor_ti'],
  ['are empty', ''],
  ['are another value', 'null'],
  ['lack a field', '{"monitor_timeout":60}'],
  ['name no deadline that can be read', '{"monitor_timeout":60,"enabled_components":{"config":true,"postpivot":true},"deadline":"soon"}'],
])('settings that %s count as those that roll back after half an hour', async (_title, text) => {
  const root = mkdtempSync(join(tmpdir(), 'godwit-deadline-'));
  mkdirSync(join(root, 'var/lib/lca'), { recursive: true });
  writeFileSync(join(root, 'var', AUTO_ROLLBACK_FILE), text);
  expect(await readSettings(root)).toEqual(settings());
});
