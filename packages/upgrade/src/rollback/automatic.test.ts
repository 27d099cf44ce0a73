import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ImageBasedUpgrade } from '@godwit/api';
import { silentLog } from '@godwit/controller';
import { fakeClock } from '@godwit/testkit';
import { expect, test } from 'vitest';
import { readCarried, saveCarried, saveMirror } from '../carried/carried-upgrade.ts';
import { agentFiles } from '../carried/paths.ts';
import { type HostDouble, hostDouble } from '../controller/host-double.fixture.ts';
import { textsOf } from '../stage/conditions.fixture.ts';
import { autoRollbackConfig } from '../stateroot/auto-rollback.ts';
import { rollBackByItself } from './automatic.ts';
import { writeSettings } from './deadline.ts';

const upgrade = { kind: 'ImageBasedUpgrade', metadata: { name: 'upgrade' }, spec: { stage: 'Upgrade' } } as ImageBasedUpgrade;
const WAY_BACK = ['makeWritable', 'setDefault old', 'reboot lifecycle-agent: rollback'];

const rollBack = (host: HostDouble, keepEvidence: () => Promise<void> = async () => {}, clock = fakeClock()) =>
  rollBackByItself({ host, clock, log: silentLog, keepEvidence }, 'it failed');

/** What the old release finds after its boot. */
const told = async (host: HostDouble): Promise<string | undefined> =>
  textsOf((await readCarried(host, 'old'))?.status?.conditions ?? []).at(-1);

test('the release before is told why, boots next, and gets the evidence before the reboot', async () => {
  const host = hostDouble('*new', 'old');
  await saveCarried(host, upgrade, 'old');
  await rollBack(host, async () => void host.asked.push('evidence'));
  expect(host.asked).toEqual(['makeWritable', 'setDefault old', 'evidence', 'reboot lifecycle-agent: rollback']);
  expect(await told(host)).toBe('UpgradeInProgress=False:Failed:it failed');
});

test.each([
  ['evidence cannot be kept', async () => {}, () => Promise.reject(new Error('ENOSPC'))],
  [
    'the release before cannot be told why',
    async (host: HostDouble) => {
      rmSync(host.staterootPath('old'), { recursive: true });
      writeFileSync(host.staterootPath('old'), 'no folder');
    },
    undefined,
  ],
])('a node goes back also when %s', async (_title, spoil, keepEvidence) => {
  const host = hostDouble('*new', 'old');
  await saveMirror(host, upgrade);
  await spoil(host);
  await rollBack(host, keepEvidence);
  expect(host.asked).toEqual(WAY_BACK);
});

test('evidence that takes too long is not waited for', async () => {
  const host = hostDouble('*new', 'old');
  const clock = fakeClock();
  const ended = rollBack(host, () => new Promise(() => {}), clock);
  await expect.poll(() => clock.sleepers()).toBe(1);
  await clock.advance(120);
  await ended;
  expect(host.asked).toEqual(WAY_BACK);
});

test('where the object for the release before is gone or garbage, it gets what this release knows', async () => {
  for (const text of [undefined, '{"kind":"ImageBased']) {
    const host = hostDouble('*new', 'old');
    const path = join(host.staterootPath('old'), agentFiles.carried);
    mkdirSync(dirname(path), { recursive: true });
    if (text !== undefined) writeFileSync(path, text);
    await saveMirror(host, upgrade);
    await rollBack(host);
    expect(await told(host)).toBe('UpgradeInProgress=False:Failed:it failed');
  }
});

test('no upgrade is rolled back into a stateroot that it has not left', async () => {
  const host = hostDouble('*new', 'next');
  const settings = autoRollbackConfig({ initMonitor: true, postRebootConfig: true });
  await writeSettings(host.root, { ...settings, rollback_stateroot: 'old' });
  await expect(rollBack(host)).rejects.toThrow('The stateroot old, which was left at the pivot, cannot be booted');
  expect(host.asked).toEqual([]);
});
