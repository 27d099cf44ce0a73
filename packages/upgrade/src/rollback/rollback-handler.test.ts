import type { ImageBasedUpgrade } from '@godwit/api';
import { silentLog } from '@godwit/controller';
import { fakeClock } from '@godwit/testkit';
import { expect, test } from 'vitest';
import { readCarried } from '../carried/carried-upgrade.ts';
import { hostDouble } from '../controller/host-double.fixture.ts';
import type { StageScope } from '../handler/stage-handler.ts';
import { draftOf } from '../handler/upgrade-draft.ts';
import { reportDraftOf } from '../report/report-draft.ts';
import { saveLeft } from './left-deployment.ts';
import { rollbackHandler } from './rollback-handler.ts';

const read = { kind: 'ImageBasedUpgrade', metadata: { name: 'upgrade' }, spec: { stage: 'Rollback' }, status: {} } as ImageBasedUpgrade;

/** A release that a rollback was asked of. */
const rollingBack = (...names: string[]) => {
  const host = hostDouble(...names);
  const clock = fakeClock();
  const cluster = {
    list: async () => ({ items: [] }),
    patch: async (_kind: unknown, _name: unknown, patch: object) => ({ ...read, ...patch }),
  };
  const scope = {
    host,
    clock,
    cluster,
    log: silentLog,
    recorder: { record: async () => {} },
    deployments: host.deployments,
    upgrade: draftOf(read, { cluster: cluster as never, clock, wrote: async () => {} }),
    report: reportDraftOf({ metadata: { name: 'upgrade' } } as never, { cluster: cluster as never, tell: async () => {} }),
    afterPivot: true,
    signal: new AbortController().signal,
  } as unknown as StageScope;
  return { host, clock, round: () => rollbackHandler(scope) };
};

const REBOOTED = 'reboot lifecycle-agent: rollback';

test('D-I4 a reboot that does not come within an hour of being asked for fails the rollback, and trying again asks anew', async () => {
  const { clock, host, round } = rollingBack('*rhcos_4.21.0', 'rhcos');
  expect(await round()).toMatchObject({ type: 'working', message: 'Completing rollback' });
  await clock.advance(3600);
  expect(await round()).toMatchObject({ type: 'working' });
  await clock.advance(1);
  expect(await round()).toEqual({ type: 'failed', message: 'failed to reboot. This should never happen! Please check the system' });
  expect(host.asked.filter((each) => each === REBOOTED)).toHaveLength(1);
  await round();
  expect(host.asked.filter((each) => each === REBOOTED)).toHaveLength(2);
});

test.each([
  ['the release that was left, not to one before it', 'rhcos_4.21.0', 'rhcos_4.21.0'],
  ['the first other release, where an older agent has written down nothing', undefined, 'rhcos'],
])('a rollback goes to %s', async (_title, left, stateroot) => {
  const { host, round } = rollingBack('*rhcos_4.22.0', 'rhcos', 'rhcos_4.21.0');
  const found = host.deployments.find((each) => each.stateroot === left);
  if (found !== undefined) await saveLeft({ staterootPath: () => host.root }, found, 'rhcos_4.22.0');
  await round();
  expect(host.asked).toEqual(['makeWritable', `setDefault ${stateroot}`, REBOOTED]);
  expect(await readCarried(host, stateroot)).toMatchObject({ spec: { stage: 'Rollback' } });
});
