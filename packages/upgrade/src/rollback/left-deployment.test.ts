import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { silentLog } from '@godwit/controller';
import { expect, test } from 'vitest';
import { agentFiles } from '../carried/paths.ts';
import { type HostDouble, hostDouble } from '../controller/host-double.fixture.ts';
import { autoRollbackConfig } from '../stateroot/auto-rollback.ts';
import { disarm, writeSettings } from './deadline.ts';
import { readLeft, saveLeft } from './left-deployment.ts';

const settings = { ...autoRollbackConfig({ initMonitor: true, postRebootConfig: true }), rollback_stateroot: 'old' };

/** As the boot of this stateroot sees the host. */
const booted = (host: HostDouble, stateroot: string): HostDouble => ({ ...host, root: host.staterootPath(stateroot) });

test('what is left is known to the release that comes, also when nothing watches it any more', async () => {
  const host = hostDouble('*rhcos', 'rhcos_4.21.0');
  await saveLeft(host, { index: 0, stateroot: 'rhcos', checksum: 'c', serial: 1, booted: true }, 'rhcos_4.21.0');
  const next = booted(host, 'rhcos_4.21.0');
  await writeSettings(next.root, settings);
  await disarm(next.root);
  expect(await readLeft(next, silentLog)).toEqual({ stateroot: 'rhcos', checksum: 'c', serial: 1 });
  expect(await readLeft(host, silentLog)).toBeUndefined();
});

test('a release that an older agent has booted knows the stateroot while it is watched', async () => {
  const host = hostDouble('*rhcos_4.21.0', 'old');
  await writeSettings(host.root, settings);
  expect(await readLeft(host, silentLog)).toEqual({ stateroot: 'old' });
});

test.each(['', '{', 'null', '{"stateroot":1}'])('a file that holds %j tells nothing', async (text) => {
  const host = hostDouble('*rhcos_4.21.0', 'old');
  mkdirSync(dirname(join(host.root, agentFiles.left)), { recursive: true });
  writeFileSync(join(host.root, agentFiles.left), text);
  expect(await readLeft(host, silentLog)).toBeUndefined();
});
