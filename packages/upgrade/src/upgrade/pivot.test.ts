import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ImageBasedUpgrade, type Stage } from '@godwit/api';
import { silentLog } from '@godwit/controller';
import type { Resource } from '@godwit/kube';
import { fakeClock } from '@godwit/testkit';
import { expect, test } from 'vitest';
import { agentFiles } from '../carried/paths.ts';
import { hostDouble } from '../controller/host-double.fixture.ts';
import type { StageScope } from '../handler/stage-handler.ts';
import { readLeft } from '../rollback/left-deployment.ts';
import { pivot } from './pivot.ts';

const upgrade = { metadata: { name: 'upgrade' }, spec: { stage: 'Upgrade', seedImageRef: { version: '4.21.0' } } } as ImageBasedUpgrade;

const pivoting = (asked: () => Stage = () => 'Upgrade') => {
  const host = hostDouble('*rhcos', 'rhcos_4.21.0');
  const clock = fakeClock();
  const scope = {
    host,
    clock,
    log: silentLog,
    cluster: {
      get: async ({ plural }: Resource) =>
        plural === ImageBasedUpgrade.plural ? { ...upgrade, spec: { ...upgrade.spec, stage: asked() } } : undefined,
    },
    recorder: { record: async () => {} },
    report: { found: () => {} },
    deployments: host.deployments,
    booted: 'rhcos',
    upgrade: { current: () => upgrade, stage: () => 'Upgrade', tell: () => {}, change: () => {}, write: async () => {} },
  } as unknown as StageScope;
  const round = async () => {
    host.asked.length = 0;
    const verdict = await pivot.judge(scope, upgrade);
    return { outcome: verdict.outcome, asked: [...host.asked] };
  };
  return { host, clock, round, isCarried: () => existsSync(join(host.root, agentFiles.carried)) };
};

const ASKED = ['setDefault rhcos_4.21.0', 'reboot lifecycle-agent: upgrade'];

test('a reboot that does not come within an hour of being asked for ends the upgrade, and the release that runs boots next', async () => {
  const { clock, isCarried, round } = pivoting();
  expect(await round()).toEqual({ outcome: 'wait', asked: ASKED });
  await clock.advance(3600);
  expect(await round()).toEqual({ outcome: 'wait', asked: [] });
  await clock.advance(1);
  expect(await round()).toEqual({ outcome: 'fail', asked: ['setDefault rhcos'] });
  expect(isCarried()).toBe(false);
});

test('the release that comes learns which deployment was left', async () => {
  const { host, round } = pivoting();
  await round();
  const [stateroot, checksum] = ['rhcos', '0'.repeat(64)];
  expect(await readLeft({ root: host.staterootPath('rhcos_4.21.0') }, silentLog)).toEqual({ stateroot, checksum, serial: 0 });
});

test('no reboot is asked for when the upgrade was called off since the round has begun', async () => {
  let stage: Stage = 'Idle';
  const { isCarried, round } = pivoting(() => stage);
  expect(await round()).toEqual({ outcome: 'wait', asked: [] });
  expect(isCarried()).toBe(false);
  stage = 'Upgrade';
  expect(await round()).toEqual({ outcome: 'wait', asked: ASKED });
});

test('an upgrade that is tried again in the same boot asks for its reboot anew, and waits for it as long', async () => {
  const { clock, round } = pivoting();
  await round();
  await clock.advance(3601);
  await round();
  expect(await round()).toEqual({ outcome: 'wait', asked: ASKED });
  await clock.advance(3600);
  expect(await round()).toEqual({ outcome: 'wait', asked: [] });
});

test.each([
  ['the reboot is refused', 'reboot', [...ASKED, 'setDefault rhcos']],
  ['the new release becomes the default, and that fails nevertheless', 'setDefault', ['setDefault rhcos_4.21.0', 'setDefault rhcos']],
])('when %s, the release that runs boots next', async (_title, call, asked) => {
  const { host, round } = pivoting();
  const fails = host.setDefault;
  host.broken.set(call, new Error('ostree was killed'));
  host.setDefault = (deployment) => {
    if (deployment.booted) host.broken.clear();
    return fails(deployment);
  };
  expect(await round()).toEqual({ outcome: 'fail', asked });
});
