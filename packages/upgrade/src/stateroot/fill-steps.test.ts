import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@godwit/controller';
import { expect, test } from 'vitest';
import { hostDouble } from '../controller/host-double.fixture.ts';
import { runHere } from '../host/run.ts';
import { fillSteps } from './fill-steps.ts';
import { type StaterootWorld, workOf } from './world.ts';

const { signal } = new AbortController();

test('what is handed over through /var/tmp is ours, whatever somebody has put there before', async () => {
  const host = hostDouble('*rhcos', 'rhcos_4.21.0');
  const request = { image: 'x', version: '4.21.0', autoRollback: { initMonitor: true, postRebootConfig: true }, retained: [] };
  const world: StaterootWorld = { host, run: runHere, clock: systemClock, access: {}, request };
  const [{ seed }, tmp, victim] = [workOf(world), join(host.root, 'var/tmp'), join(host.root, 'shadow')];
  for (const folder of [seed, join(tmp, 'manifest.json')]) mkdirSync(folder, { recursive: true });
  for (const name of ['containers.list', 'manifest.json']) writeFileSync(join(seed, name), `the ${name} of the seed`);
  writeFileSync(victim, 'precious');
  symlinkSync(victim, join(tmp, 'containers.list'));
  await fillSteps.find(({ name }) => name === 'hand-over')?.run(world, {}, { signal, bytes: () => {} });
  expect(readFileSync(victim, 'utf8')).toBe('precious');
  expect(readFileSync(join(tmp, 'containers.list'), 'utf8')).toBe('the containers.list of the seed');
  expect(readFileSync(join(tmp, 'manifest.json'), 'utf8')).toBe('the manifest.json of the seed');
});
