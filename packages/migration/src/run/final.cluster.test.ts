import { annotations, Backup, ConfigMap, labels, Restore } from '@godwit/api';
import { clusterPair, eventually } from '@godwit/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { heldBy } from '../shared/world.fixture.ts';
import { aLandscape, aReadyPlan, ended, operating, piecesOf, planOf, start } from './landscape.fixture.ts';
import { aShop, workloadsOf } from './shop.fixture.ts';

const pair = await clusterPair({ controllers: true });
const { host, source } = pair;

let operator: AsyncDisposable;
beforeAll(async () => {
  await aLandscape(pair);
  operator = await operating(host);
});
afterAll(() => operator[Symbol.asyncDispose]());

test('a cutover without volumes brings every object to the target and leaves the source asleep', async () => {
  const namespace = await aShop(source);
  const before = await workloadsOf(source, namespace);
  await aReadyPlan(host, 'cutover', [namespace]);
  await start(host, { name: 'cutover-1', plan: 'cutover', quiescePods: true });
  const run = await ended(host, 'cutover-1');
  console.log(
    JSON.stringify(run, null, 1),
    JSON.stringify(before),
    JSON.stringify(await workloadsOf(source, namespace)),
    JSON.stringify(await workloadsOf(host, namespace)),
  );
  console.log(heldBy(await planOf(host, 'cutover')()));
});
