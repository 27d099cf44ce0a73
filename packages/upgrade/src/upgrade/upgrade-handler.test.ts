import type { ImageBasedUpgrade } from '@godwit/api';
import { silentLog } from '@godwit/controller';
import { fakeClock } from '@godwit/testkit';
import { expect, test } from 'vitest';
import { hostDouble } from '../controller/host-double.fixture.ts';
import type { StageScope } from '../handler/stage-handler.ts';
import { draftOf } from '../handler/upgrade-draft.ts';
import { conditions } from '../stage/conditions.fixture.ts';
import { upgradeHandler } from './upgrade-handler.ts';

const WHY = 'Rollback due to restore failure: Failed restore CRs: shop';
const WAY_BACK = ['makeWritable', 'setDefault rhcos', 'reboot lifecycle-agent: rollback'];

/** A release whose upgrade has failed and whose agent was killed before it had asked for the reboot. */
const rollingBack = (annotations: Record<string, string> = {}, ...names: string[]) => {
  const host = hostDouble(...(names.length === 0 ? ['*rhcos_4.21.0', 'rhcos'] : names));
  const read = {
    metadata: { name: 'upgrade', annotations },
    spec: { stage: 'Upgrade' },
    status: { conditions: conditions('UpgradeCompleted=False:Failed:Upgrade failed', `UpgradeInProgress=True:InProgress:${WHY}`) },
  } as unknown as ImageBasedUpgrade;
  const clock = fakeClock();
  const upgrade = draftOf(read, { cluster: {} as never, clock, wrote: async () => {} });
  const scope = { host, clock, log: silentLog, upgrade, report: { current: () => ({}) }, afterPivot: names.length === 0 };
  return { host, clock, round: () => upgradeHandler(scope as unknown as StageScope) };
};

test('an agent that was killed between deciding on a rollback and the reboot goes on with it, and asks for the reboot once', async () => {
  const { host, round } = rollingBack();
  expect(await round()).toEqual({ type: 'working', message: WHY, after: '60s' });
  expect(await round()).toEqual({ type: 'working', message: WHY, after: '60s' });
  expect(host.asked).toEqual(WAY_BACK);
});

test('a reboot that does not come within an hour is asked for again', async () => {
  const { clock, host, round } = rollingBack();
  await round();
  await clock.advance(3601);
  await expect(round()).rejects.toThrow('failed to reboot');
  await round();
  expect(host.asked).toEqual([...WAY_BACK, ...WAY_BACK]);
});

test('a rollback that fails once is tried again', async () => {
  const { host, round } = rollingBack();
  host.broken.set('setDefault', new Error('ostree: another process holds the lock'));
  await expect(round()).rejects.toThrow('holds the lock');
  host.broken.clear();
  host.asked.length = 0;
  await round();
  expect(host.asked).toEqual(WAY_BACK);
});

test.each([
  ['somebody has switched rollbacks off', { 'auto-rollback-on-failure.lca.openshift.io/upgrade-completion': 'Disabled' }, []],
  ['the release before runs', {}, ['*rhcos', 'rhcos_4.21.0']],
])('a rollback does not go on when %s: the upgrade has failed', async (_title, annotations, names) => {
  const { host, round } = rollingBack(annotations, ...names);
  expect(await round()).toEqual({ type: 'failed', message: WHY });
  expect(host.asked).toEqual([]);
});
