import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MigMigration } from '@godwit/api';
import { deployShop, fileManifest, followAcknowledgements, rowHashes, SMALL_SHOP, shopReady } from '@godwit/example-shop';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Before, differences } from './demo/compare.ts';
import { cleanUp } from './support/clean-up.ts';
import { godwit, migrateArguments } from './support/godwit.ts';
import { type LocalSet, openLocalSet } from './support/local-set.ts';
import { apply } from './support/manifests.ts';
import { holds, runs, waitFor } from './support/runs.ts';
import { deploySmallApp, smallAppFiles, smallAppReady } from './support/small-app.ts';
import { objectsIn, replicasOf, sleepingNotes, workloadSpecs } from './support/workloads.ts';

const SHOP_RUN = 'alpha-beta-shop-1';
const NAMESPACES = ['shop', 'killed'];
const folder = mkdtempSync(join(tmpdir(), 'godwit-e2e-'));
const within = () => AbortSignal.timeout(120_000);

let set: LocalSet;
let before: Before;
let workloads: Record<string, unknown>;

beforeAll(async () => {
  set = await openLocalSet(inject('localSet'));
  await Promise.all([deployShop(set.alpha, SMALL_SHOP), deploySmallApp(set.alpha, 'killed')]);
  await Promise.all([shopReady(set.alpha), smallAppReady(set.alpha, 'killed')]);
});

afterAll(async () => {
  await cleanUp(set, NAMESPACES);
  for (const cluster of [set.alpha, set.beta]) await cluster.run(['delete', 'crd', 'promotions.shop.example.com', '--ignore-not-found']);
  rmSync(folder, { recursive: true, force: true });
});

test('godwit migrate moves the shop over a bucket without losing a row or a file', async () => {
  const acknowledgements = followAcknowledgements(set.alpha);
  workloads = await workloadSpecs(set.alpha, 'shop');
  const [rows, files] = [await rowHashes(set.alpha), await fileManifest(set.alpha)];
  const { exitCode, all } = await godwit(set, migrateArguments(set, 'shop'));
  expect(exitCode, all).toBe(0);
  await acknowledgements.ended;
  expect(acknowledgements.acknowledged.size).toBeGreaterThan(0);
  before = { rows: new Map([...rows, ...acknowledgements.acknowledged]), files };
  await shopReady(set.beta);
  expect(await differences(set, before)).toEqual([]);
});

test('the files that were compared are of every kind that a copy can get wrong', () => {
  const of = (path: string) => before.files.get(path);
  expect(of('special/absolute-link')?.linkTarget).toBe('/srv/shop/index.html');
  expect(of('special/relative-link')?.linkTarget).toBe('hard-link-1');
  expect(of('special/hard-link-2')?.sameFileAs).toBe(of('special/hard-link-1')?.sameFileAs);
  expect(of('special/attributes')?.attributes).toContain('user.shop.colour');
  expect(of('special/new\nline')?.sha256).toBeDefined();
  expect(of('special/sparse.img')?.size).toBe(String(64 * 1024 * 1024));
  expect(of('special/two words')?.owner).toBe('1000:33');
});

test('after a migration the source sleeps with its notes, and the target has the replicas that the source had', async () => {
  expect(await replicasOf(set.alpha, 'shop')).toEqual({
    'Deployment web': 0,
    'Deployment writer': 0,
    'StatefulSet db': 0,
    'CronJob report': true,
  });
  expect(await sleepingNotes(set.alpha, 'shop')).toEqual({
    'Deployment web': ['preQuiescePaused=false', 'preQuiesceReplicas=1'],
    'Deployment writer': ['preQuiescePaused=false', 'preQuiesceReplicas=1'],
    'StatefulSet db': ['preQuiesceReplicas=1'],
    'CronJob report': ['preQuiesceSuspend=true'],
  });
  expect(await replicasOf(set.beta, 'shop')).toMatchObject({
    'Deployment web': 1,
    'Deployment writer': 1,
    'StatefulSet db': 1,
    'CronJob report': false,
  });
});

test('a second call says that the shop has moved already and changes nothing', async () => {
  const { exitCode, stdout, all } = await godwit(set, migrateArguments(set, 'shop'));
  expect(exitCode, all).toBe(0);
  expect(stdout).toContain(`already migrated: run ${SHOP_RUN}`);
  expect((await runs(set.beta)).map(({ metadata }) => metadata.name)).toEqual([SHOP_RUN]);
});

test('a rollback removes from the target what the migration made, leaves what others made, and the source serves again', async () => {
  await apply(
    set.beta,
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'foreign', namespace: 'shop' }, data: { keep: 'me' } },
    { apiVersion: 'shop.example.com/v1', kind: 'Promotion', metadata: { name: 'foreign', namespace: 'shop' }, spec: { percent: 1 } },
  );
  const { exitCode, all } = await godwit(set, ['run', 'rollback', 'alpha-beta-shop', '--context=beta', '--wait', '--yes']);
  expect(exitCode, all).toBe(0);
  expect(await objectsIn(set.beta, 'shop')).toEqual(['configmap/foreign']);
  expect((await set.beta.run(['get', 'promotions', '-n', 'shop', '-o', 'name'])).trim()).toBe('promotion.shop.example.com/foreign');
  await shopReady(set.alpha);
  expect(await workloadSpecs(set.alpha, 'shop')).toEqual(workloads);
  const rows = await rowHashes(set.alpha);
  expect([...before.rows.keys()].filter((id) => !rows.has(id))).toEqual([]);
});

test('godwit migrate that was killed in the middle goes on with the same run when it is called again, over a folder', async () => {
  const files = await smallAppFiles(set.alpha, 'killed');
  const arguments_ = migrateArguments(set, 'killed').filter((each) => !/^--(repository|s3-)/.test(each));
  const first = godwit(set, [...arguments_, `--repository=${folder}`]);
  const isAsleep = ({ spec, status }: MigMigration) =>
    spec.migPlanRef?.name === 'alpha-beta-killed' && (status?.phases ?? []).some(({ name }) => name === 'EnsureSrcQuiesced');
  const { metadata } = await waitFor<MigMigration>(set.beta, 'migmigrations', isAsleep, within());
  first.kill('SIGKILL');
  await first;
  const left = (await runs(set.beta)).find(({ metadata: { name } }) => name === metadata.name);
  expect(left?.status?.phase).not.toBe('Completed');

  const { exitCode, all } = await godwit(set, [...arguments_, `--repository=${folder}`]);
  expect(exitCode, all).toBe(0);
  const [run, ...others] = (await runs(set.beta)).filter(({ spec }) => spec.migPlanRef?.name === 'alpha-beta-killed');
  expect(others).toEqual([]);
  expect(run?.metadata).toMatchObject({ name: metadata.name, uid: metadata.uid });
  expect(run && holds(run, 'Succeeded')).toBe(true);
  expect(await smallAppFiles(set.beta, 'killed')).toBe(files);
  expect(readdirSync(folder, { recursive: true }).join('\n')).toContain('velero-backup.json');
});
