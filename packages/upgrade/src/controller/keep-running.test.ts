import { expect, test } from 'vitest';
import { readSettings, writeSettings } from '../rollback/deadline.ts';
import { autoRollbackConfig } from '../stateroot/auto-rollback.ts';
import { hostDouble } from './host-double.fixture.ts';
import { keepRunning } from './keep-running.ts';

const CHOICE = { initMonitor: true, postRebootConfig: true };

test.each([
  ['the release before boots next', ['rhcos', '*rhcos_4.21.0'], ['makeWritable', 'setDefault rhcos_4.21.0'], false],
  ['it boots next anyhow', ['*rhcos_4.21.0', 'rhcos'], [], true],
  ['an update of its own stateroot boots next', ['rhcos', '*rhcos'], [], true],
  ['nothing is known to be booted', ['rhcos', 'rhcos_4.21.0'], [], true],
])('where %s, the release that runs stays', async (_title, names, asked, isWatched) => {
  const host = hostDouble(...names);
  await writeSettings(host.root, autoRollbackConfig(CHOICE));
  await keepRunning(host, host.deployments);
  expect(host.asked).toEqual(asked);
  expect((await readSettings(host.root)) !== undefined).toBe(isWatched);
});
