import { MigPlan, Namespace } from '@godwit/api';
import { expect, test } from 'vitest';
import { aMigPlan, clusterPair, freshNamespace } from './index.ts';

const { host, source } = await clusterPair();

test('the two clusters of a pair know nothing of each other, and both have our definitions', async () => {
  const namespace = await freshNamespace(host);
  expect(await source.get(Namespace, { name: namespace })).toBeUndefined();
  expect(host.server).not.toBe(source.server);
  await host.create(MigPlan, aMigPlan({ namespace }));
  expect((await source.list(MigPlan)).items).toEqual([]);
});
