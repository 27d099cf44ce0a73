import { ConfigMap, Event, MigPlan } from '@godwit/api';
import { aMigPlan, fakeClock, freshNamespace, testCluster } from '@godwit/testkit';
import { describe, expect, test } from 'vitest';
import { createRecorder } from './events.ts';
import { hasFinalizer, withFinalizer, withoutFinalizer } from './finalizer.ts';
import { silentLog } from './logger.ts';

const client = testCluster();
const clock = fakeClock();
const recorder = createRecorder({ clock, component: 'godwit.io/migration', instance: 'operator-0', log: silentLog });
const blocked = {
  type: 'InvalidPlanRef',
  status: 'True',
  category: 'Critical',
  reason: 'NotFound',
  message: 'There is no plan at https://anna:hunter2@host.',
};

describe('an event', () => {
  test('tells of a transition, about the object, without a secret', async () => {
    const namespace = await freshNamespace();
    const plan = await client.create(MigPlan, aMigPlan({ namespace }));
    await recorder.record(client, plan, [], [blocked]);
    const { items } = await client.list(Event, { namespace });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      type: 'Warning',
      reason: 'NotFound',
      action: 'InvalidPlanRef',
      note: 'There is no plan at https://<redacted>@host.',
      reportingController: 'godwit.io/migration',
      regarding: { kind: 'MigPlan', name: 'shop', namespace, uid: plan.metadata.uid },
    });
  });

  test('that repeats is counted on the one that is there', async () => {
    const namespace = await freshNamespace();
    const plan = await client.create(MigPlan, aMigPlan({ namespace }));
    for (let times = 0; times < 3; times += 1) await recorder.record(client, plan, [], [blocked]);
    const { items } = await client.list(Event, { namespace });
    expect(items.map(({ series }) => series?.count)).toEqual([3]);
  });

  test('that cannot be written stops nobody', async () => {
    const plan = aMigPlan({ namespace: 'there-is-none' });
    await expect(recorder.record(client, plan, [], [blocked])).resolves.toBeUndefined();
  });
});

describe('a finalizer', () => {
  const setUp = async (finalizers: string[] = []) => {
    const namespace = await freshNamespace();
    return client.create(ConfigMap, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name: 'a', finalizers } });
  };
  const mine = 'godwit.io/cleanup';

  test('is added once, beside those of others', async () => {
    const object = await withFinalizer(client, ConfigMap, await setUp(['example.com/other']), mine);
    expect(object.metadata.finalizers).toEqual(['example.com/other', mine]);
    expect(await withFinalizer(client, ConfigMap, object, mine)).toBe(object);
  });

  test('keeps the object until it is taken away', async () => {
    const object = await setUp([mine]);
    const name = { namespace: object.metadata.namespace, name: 'a' };
    await client.delete(ConfigMap, name);
    const leaving = await client.get(ConfigMap, name);
    expect(leaving?.metadata.deletionTimestamp).toBeDefined();
    if (leaving) await withoutFinalizer(client, ConfigMap, leaving, mine);
    expect(await client.get(ConfigMap, name)).toBeUndefined();
  });

  test('is not added to an object that goes, and not taken from one that has none', async () => {
    const object = await setUp(['example.com/other']);
    const name = { namespace: object.metadata.namespace, name: 'a' };
    await client.delete(ConfigMap, name);
    const leaving = await client.get(ConfigMap, name);
    if (!leaving) throw new Error('the object is gone already');
    expect(hasFinalizer(await withFinalizer(client, ConfigMap, leaving, mine), mine)).toBe(false);
    expect(await withoutFinalizer(client, ConfigMap, leaving, mine)).toBe(leaving);
  });

  test('never overwrites one that another writer added meanwhile', async () => {
    const object = await setUp();
    const name = { namespace: object.metadata.namespace, name: 'a' };
    await client.patch(ConfigMap, name, { metadata: { finalizers: ['example.com/other'] } });
    await expect(withFinalizer(client, ConfigMap, object, mine)).rejects.toMatchObject({ reason: 'Conflict' });
  });
});
