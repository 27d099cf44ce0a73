import { ConfigMap, CustomResourceDefinition, Deployment, Namespace, ServiceAccount } from '@godwit/api';
import { resource } from '@godwit/kube';
import { clusterPair } from '@godwit/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { heldBy, make } from '../shared/world.fixture.ts';
import { aLandscape, aReadyPlan, ended, operating, planOf, soon, start } from './landscape.fixture.ts';
import type { Run } from './scope.ts';
import { aShop, workloadsOf } from './shop.fixture.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 }); // for a machine that is busy with other things

const pair = await clusterPair({ controllers: true });
const { host, source } = pair;

let operator: AsyncDisposable;
beforeAll(async () => {
  await aLandscape(pair);
  operator = await operating(host);
});
afterAll(() => operator[Symbol.asyncDispose]());

const isGone = (namespace: string) => soon(() => host.get(Namespace, { name: namespace }), { client: host }).toBeUndefined();

/** A namespace of the shop on the source, migrated to the target. */
const migrated = async (name: string, namespace: string): Promise<void> => {
  await aReadyPlan(host, name, [namespace]);
  await start(host, { name: `${name}-1`, plan: name, quiescePods: true });
  expect(heldBy(await ended(host, `${name}-1`))).toEqual(['Succeeded/Completed']);
};

const rolledBack = async (name: string): Promise<Run> => {
  await start(host, { name: `${name}-back`, plan: name, rollback: true });
  return ended(host, `${name}-back`);
};

const settings = async (namespace: string) => (await host.get(ConfigMap, { namespace, name: 'settings' }))?.data;

test('a rollback removes what the migration created, wakes the source, and lets the plan be run again (G-M18, G-M47)', async () => {
  const namespace = await aShop(source);
  const before = await workloadsOf(source, namespace);
  await migrated('plain', namespace);
  const run = await rolledBack('plain');
  expect(run.status?.itinerary).toBe('Rollback');
  expect(heldBy(run)).toEqual(['Succeeded/Completed']);
  expect(await workloadsOf(source, namespace)).toEqual(before);
  await isGone(namespace);
  await soon(async () => heldBy(await planOf(host, 'plain')())).not.toContain('Suspended');
  await start(host, { name: 'plain-2', plan: 'plain', quiescePods: true });
  expect(heldBy(await ended(host, 'plain-2'))).toEqual(['Succeeded/Completed']);
  expect(await workloadsOf(host, namespace)).toEqual(before);
});

test('a namespace that was there before survives a rollback with all that others have in it, a merged service account too (G-M18)', async () => {
  const namespace = await aShop(source);
  await source.patch(ServiceAccount, { namespace, name: 'shop' }, { metadata: { labels: { ours: 'yes' } } });
  await make(host, Namespace, { name: namespace, labels: { theirs: 'yes' } });
  await make(host, ConfigMap, { namespace, name: 'theirs' }, { data: { theirs: 'yes' } });
  await make(host, ServiceAccount, { namespace, name: 'shop', labels: { theirs: 'yes' } });
  await aReadyPlan(host, 'shared', [namespace]);
  const uids = await Promise.all(
    [host.get(Namespace, { name: namespace }), host.get(ServiceAccount, { namespace, name: 'shop' })].map(
      async (found) => (await found)?.metadata.uid,
    ),
  );
  await start(host, { name: 'shared-1', plan: 'shared', quiescePods: true });
  expect(heldBy(await ended(host, 'shared-1'))).toEqual(['Succeeded/Completed']);
  expect(await host.get(ServiceAccount, { namespace, name: 'shop' })).toMatchObject({
    metadata: { labels: { theirs: 'yes', ours: 'yes' } },
  });
  expect(await settings(namespace)).toEqual({ color: 'blue' });
  expect(heldBy(await rolledBack('shared'))).toEqual(['Succeeded/Completed']);
  expect(await workloadsOf(host, namespace)).toEqual({});
  expect(await settings(namespace)).toBeUndefined();
  expect(await host.get(ConfigMap, { namespace, name: 'theirs' })).toMatchObject({ data: { theirs: 'yes' } });
  expect((await host.get(Namespace, { name: namespace }))?.metadata).toMatchObject({ uid: uids[0], labels: { theirs: 'yes' } });
  expect((await host.get(ServiceAccount, { namespace, name: 'shop' }))?.metadata.uid).toBe(uids[1]);
});

test('what others put into the namespace of the migration survives a rollback, also under the name of a migrated object (G-M18)', async () => {
  const namespace = await aShop(source);
  await migrated('visited', namespace);
  await make(host, ConfigMap, { namespace, name: 'theirs' }, { data: { theirs: 'yes' } });
  await host.delete(ConfigMap, { namespace, name: 'settings' });
  await make(host, ConfigMap, { namespace, name: 'settings' }, { data: { theirs: 'yes' } });
  expect(heldBy(await rolledBack('visited'))).toEqual(['Succeeded/Completed']);
  expect(await workloadsOf(host, namespace)).toEqual({});
  expect(await settings(namespace)).toEqual({ theirs: 'yes' });
  expect((await host.get(Namespace, { name: namespace }))?.metadata.deletionTimestamp).toBeUndefined();
});

const kindOf = (name: string) => resource('toys.example.com/v1', name.charAt(0).toUpperCase() + name.slice(1, -1), name);

const define = (plural: string) => {
  const { kind } = kindOf(plural);
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  const versions = [{ name: 'v1', served: true, storage: true, schema }];
  const names = { plural, singular: kind.toLowerCase(), kind, listKind: `${kind}List` };
  return make(
    source,
    CustomResourceDefinition,
    { name: `${plural}.toys.example.com` },
    {
      spec: { group: 'toys.example.com', scope: 'Namespaced', names, versions },
    },
  );
};

test('a definition goes with the objects that came with it, and stays when somebody else has such objects (G-M18)', async () => {
  const namespace = await aShop(source);
  await define('widgets');
  await define('gadgets');
  for (const plural of ['widgets', 'gadgets'])
    await soon(() => make(source, kindOf(plural), { namespace, name: 'ours' }).then(() => 'made')).toBe('made');
  await migrated('defined', namespace);
  await make(host, Namespace, { name: 'elsewhere' });
  await make(host, kindOf('widgets'), { namespace: 'elsewhere', name: 'theirs' });
  expect(await host.get(kindOf('widgets'), { namespace, name: 'ours' })).toBeDefined();
  expect(heldBy(await rolledBack('defined'))).toEqual(['Succeeded/Completed']);
  expect(await host.get(kindOf('widgets'), { namespace: 'elsewhere', name: 'theirs' })).toBeDefined();
  expect(await host.get(kindOf('widgets'), { namespace, name: 'ours' })).toBeUndefined();
  await soon(() => host.get(CustomResourceDefinition, { name: 'gadgets.toys.example.com' })).toBeUndefined();
  await isGone(namespace);
});

test('a rollback of a plan that has moved nothing changes nothing', async () => {
  const namespace = await aShop(source);
  const before = await workloadsOf(source, namespace);
  await make(host, Namespace, { name: namespace });
  await make(host, ConfigMap, { namespace, name: 'theirs' });
  await aReadyPlan(host, 'unmoved', [namespace]);
  const run = await rolledBack('unmoved');
  expect(heldBy(run)).toEqual(['Succeeded/Completed']);
  expect(await workloadsOf(source, namespace)).toEqual(before);
  expect(await host.get(ConfigMap, { namespace, name: 'theirs' })).toBeDefined();
});

test('what the run left asleep wakes by a rollback also when its notes were removed (G-M14)', async () => {
  const namespace = await aShop(source);
  const before = await workloadsOf(source, namespace);
  await migrated('noteless', namespace);
  await source.patch(Deployment, { namespace, name: 'web' }, { metadata: { annotations: null } });
  await rolledBack('noteless');
  expect(await workloadsOf(source, namespace)).toEqual(before);
});
