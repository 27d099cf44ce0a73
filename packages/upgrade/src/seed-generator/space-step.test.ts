import { lstatSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { silentLog, systemClock } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { expect, test } from 'vitest';
import { hostDouble } from '../controller/host-double.fixture.ts';
import { seedPlaces } from './places.ts';
import { checkSpace } from './space-step.ts';
import type { GenerationWorld } from './world.ts';

const request = { apiVersion: 'lca.openshift.io/v1', kind: 'SeedGenerator', metadata: { name: 'seedimage' }, spec: {} };

test('a seed is made in a folder of our own, whatever somebody has put in its place', async () => {
  const host = hostDouble('*rhcos');
  const [{ work }, theirs] = [seedPlaces(host), join(host.root, 'theirs')];
  for (const folder of [dirname(work), theirs]) mkdirSync(folder, { recursive: true });
  symlinkSync(theirs, work);
  const run = async () => '1\ttotal\n';
  const world: GenerationWorld = { cluster: {} as Client, host, clock: systemClock, log: silentLog, run, access: () => ({}), request };
  await checkSpace.run(world, {}, { signal: new AbortController().signal, bytes: () => {} });
  expect(lstatSync(work).isDirectory()).toBe(true);
  expect(lstatSync(work).mode & 0o777).toBe(0o700);
  expect(readdirSync(theirs)).toEqual([]);
});
