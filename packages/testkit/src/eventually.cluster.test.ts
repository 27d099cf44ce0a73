import { ConfigMap, Deployment, MigMigration, MigPlan } from '@godwit/api';
import { expect, test } from 'vitest';
import { aDeployment, aMigMigration, aMigPlan, eventually, freshNamespace, testCluster } from './index.ts';

const client = testCluster();

test('what a builder makes is accepted by the API server', async () => {
  const namespace = await freshNamespace();
  await client.create(Deployment, aDeployment(`${namespace}/web`, { replicas: 3 }));
  await client.create(MigPlan, aMigPlan({ namespace }));
  await client.create(MigMigration, aMigMigration({ namespace, quiescePods: true }));
  expect((await client.get(MigMigration, { namespace, name: 'shop-1' }))?.spec).toMatchObject({ quiescePods: true, stage: false });
});

test('eventually waits until the object is as it should be', async () => {
  const namespace = await freshNamespace();
  const name = { namespace, name: 'late' };
  const found = eventually(() => client.get(ConfigMap, name)).toMatchObject({ data: { color: 'blue' } });
  await client.create(ConfigMap, { apiVersion: 'v1', kind: 'ConfigMap', metadata: name, data: { color: 'blue' } });
  expect((await found)?.metadata.uid).toBeDefined();
  await client.delete(ConfigMap, name);
  await eventually(() => client.get(ConfigMap, name)).toBeUndefined();
  await eventually(() => client.get(ConfigMap, name)).not.toBeDefined();
});

test('eventually fails with the conditions of the object as it was last', async () => {
  const namespace = await freshNamespace();
  const plan = await client.create(MigPlan, aMigPlan({ namespace }));
  const conditions = [
    { type: 'Ready', status: 'False', category: 'Required', message: 'not yet', lastTransitionTime: '2030-01-01T10:00:00Z' },
  ];
  await client.patch(MigPlan, { namespace, name: plan.metadata.name ?? '' }, { status: { conditions } }, { subresource: 'status' });
  const waiting = eventually(() => client.get(MigPlan, { namespace, name: 'shop' }), { seconds: 0.1, client }).toMatchObject({
    spec: { closed: true },
  });
  await expect(waiting).rejects.toThrow(/Ready=False : not yet/);
});
