import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@godwit/controller';
import { expect, test } from 'vitest';
import { type HostDouble, hostDouble } from '../controller/host-double.fixture.ts';
import { runHere } from '../host/run.ts';
import { fillSteps } from './fill-steps.ts';
import { type StaterootFacts, type StaterootWorld, workOf } from './world.ts';

const { signal } = new AbortController();

const worldOf = (host: HostDouble): StaterootWorld => ({
  host: { ...host, freeSpace: async () => ({ total: 9e9, free: 9e9 }) },
  run: runHere,
  clock: systemClock,
  access: {},
  request: { image: 'x', version: '4.21.0', autoRollback: { initMonitor: true, postRebootConfig: true }, retained: [] },
});

const runStep = (wanted: string, world: StaterootWorld, facts: Partial<StaterootFacts> = {}) =>
  fillSteps.find(({ name }) => name === wanted)?.run(world, facts, { signal, bytes: () => {} });

test('a link that a release has in its /etc leads nothing of the seed into the running release', async () => {
  const host = hostDouble('*rhcos', 'rhcos_4.21.0');
  const [world, deployment] = [worldOf(host), host.deployments[1]];
  if (deployment === undefined) throw new Error('nothing is deployed');
  const [{ seed }, outside, etc] = [workOf(world), join(host.root, 'outside'), join(host.deploymentPath(deployment), 'etc')];
  for (const folder of [seed, outside, etc]) mkdirSync(folder, { recursive: true });
  symlinkSync(outside, join(etc, 'evil'));
  const make = 'mkdir -p etc/evil && echo x >etc/evil/x && echo etc/evil/x | tar czf etc.tgz --no-recursion -T - && rm -r etc';
  execFileSync('sh', ['-c', make], { cwd: seed });
  await expect(runStep('fill-etc', world, { deployment })).rejects.toThrow('unpacked through "etc/evil"');
  expect(readdirSync(outside)).toEqual([]);
});

test('a link that another seed of the same release has left in /var leads nothing into the running release', async () => {
  const host = hostDouble('*rhcos', 'rhcos_4.21.0');
  const world = worldOf(host);
  const [{ seed }, outside, its] = [workOf(world), join(host.root, 'outside'), join(host.staterootPath('rhcos_4.21.0'), 'var')];
  for (const folder of [seed, outside, its]) mkdirSync(folder, { recursive: true });
  symlinkSync(outside, join(its, 'left'));
  const make = 'mkdir -p var/left && echo x >var/left/x && echo var/left/x | tar czf var.tgz --no-recursion -T - && rm -r var';
  execFileSync('sh', ['-c', make], { cwd: seed });
  await expect(runStep('fill-var', world)).rejects.toThrow('unpacked through "var/left"');
  expect(readdirSync(outside)).toEqual([]);
});

test('what is handed over through /var/tmp is ours, whatever somebody has put there before', async () => {
  const host = hostDouble('*rhcos', 'rhcos_4.21.0');
  const world = worldOf(host);
  const [{ seed }, tmp, victim] = [workOf(world), join(host.root, 'var/tmp'), join(host.root, 'shadow')];
  for (const folder of [seed, join(tmp, 'manifest.json')]) mkdirSync(folder, { recursive: true });
  for (const name of ['containers.list', 'manifest.json']) writeFileSync(join(seed, name), `the ${name} of the seed`);
  writeFileSync(victim, 'precious');
  symlinkSync(victim, join(tmp, 'containers.list'));
  await runStep('hand-over', world);
  expect(readFileSync(victim, 'utf8')).toBe('precious');
  expect(readFileSync(join(tmp, 'containers.list'), 'utf8')).toBe('the containers.list of the seed');
  expect(readFileSync(join(tmp, 'manifest.json'), 'utf8')).toBe('the manifest.json of the seed');
});
