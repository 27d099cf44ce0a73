import { expect, test } from 'vitest';
import { hostDouble } from '../controller/host-double.fixture.ts';
import { autoRollbackConfig } from '../stateroot/auto-rollback.ts';
import { readSettings, writeSettings } from './deadline.ts';
import { keepBooted } from './keep-booted.ts';

test('a release that is kept boots next, and nothing rolls it back any more', async () => {
  const host = hostDouble('rhcos', '*rhcos_4.21.0');
  await writeSettings(host.root, autoRollbackConfig({ initMonitor: true, postRebootConfig: true }));
  await keepBooted(host);
  expect(await readSettings(host.root)).toBeUndefined();
  expect(host.asked).toEqual(['makeWritable', 'setDefault rhcos_4.21.0']);
});
