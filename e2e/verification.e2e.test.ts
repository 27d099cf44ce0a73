import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { HOLD_BEFORE, tamperWithFile } from './demo/tamper.ts';
import { cleanUp } from './support/clean-up.ts';
import { godwit, migrateArguments } from './support/godwit.ts';
import { type LocalSet, openLocalSet } from './support/local-set.ts';
import { installApi } from './support/manifests.ts';
import { holds, runs } from './support/runs.ts';
import { deploySmallApp, smallAppReady } from './support/small-app.ts';
import { objectsIn, workloadSpecs } from './support/workloads.ts';

const APP = 'tampered';

let set: LocalSet;

beforeAll(async () => {
  set = await openLocalSet(inject('localSet'));
  await Promise.all([installApi(set.beta), deploySmallApp(set.alpha, APP)]);
  await smallAppReady(set.alpha, APP);
});

afterAll(() => cleanUp(set, [APP]));

test('a byte that changes on the target after the last copy fails the run, which names the file and starts nothing there', async () => {
  const workloads = await workloadSpecs(set.alpha, APP);
  const ended = new AbortController();
  const [file, { exitCode, all }] = await Promise.all([
    tamperWithFile(set, AbortSignal.any([ended.signal, AbortSignal.timeout(120_000)])),
    godwit(set, migrateArguments(set, APP, [`--hold-before=${HOLD_BEFORE}`])).finally(() => ended.abort()),
  ]);
  expect(file).toContain('/catalogue/article-');
  expect(exitCode, all).toBe(3);
  const path = file.slice(file.indexOf('catalogue/'));
  expect(all).toContain(path);

  const [run] = await runs(set.beta);
  expect(run && holds(run, 'Failed')).toBe(true);
  expect(run && holds(run, 'Succeeded')).toBe(false);
  expect(run?.status?.errors?.join('\n')).toContain(`Files that differ between source and target, 1 in all: ${APP}/data: ${path}`);
  expect(await objectsIn(set.beta, APP)).toEqual(['persistentvolumeclaim/data']);
  await smallAppReady(set.alpha, APP);
  expect(await workloadSpecs(set.alpha, APP)).toEqual(workloads);
});

test('called again, godwit migrate copies the altered file anew and completes', async () => {
  const { exitCode, all } = await godwit(set, migrateArguments(set, APP));
  expect(exitCode, all).toBe(0);
  expect(all).toContain('0 differ');
});
