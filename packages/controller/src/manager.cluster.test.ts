import { ConfigMap, Secret } from '@godwit/api';
import { type Client, resource } from '@godwit/kube';
import { eventually, freshNamespace, run, testCluster } from '@godwit/testkit';
import { describe, expect, test } from 'vitest';
import { systemClock } from './clock.ts';
import { type Controller, keyOf, type Source } from './controller.ts';
import { createLogger, silentLog } from './logger.ts';
import { createManager } from './manager.ts';
import { createMetrics } from './metrics.ts';

const client = testCluster();
const configMap = (namespace: string, name: string, data: Record<string, string> = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace, name },
  data,
});
const sourceOf = (namespace: string): Source => ({ client, resource: ConfigMap, namespace, keys: (object) => [keyOf(object)] }) as Source;

/** A controller that keeps what it worked on. */
const recorder = (namespace: string, work: Controller['reconcile'] = async () => undefined) => {
  const worked: string[] = [];
  const controller: Controller = {
    name: 'recorder',
    sources: [sourceOf(namespace)],
    reconcile: async (key, round) => {
      worked.push(key.split('/')[1] ?? key);
      return work(key, round);
    },
  };
  return { worked, controller };
};

describe('a manager', () => {
  test('wakes a controller for what is there, what comes, what changes and what goes', async () => {
    const namespace = await freshNamespace();
    await client.create(ConfigMap, configMap(namespace, 'there'));
    const { worked, controller } = recorder(namespace);
    await using _running = run(() => [controller]);
    await eventually(() => worked).toEqual(['there']);
    await client.create(ConfigMap, configMap(namespace, 'new'));
    await eventually(() => worked).toEqual(['there', 'new']);
    await client.patch(ConfigMap, { namespace, name: 'new' }, { data: { a: 'b' } });
    await eventually(() => worked).toEqual(['there', 'new', 'new']);
    await client.delete(ConfigMap, { namespace, name: 'there' });
    await eventually(() => worked).toEqual(['there', 'new', 'new', 'there']);
  });

  test('maps an object to other keys, by what it was and by what it is', async () => {
    const namespace = await freshNamespace();
    await client.create(ConfigMap, configMap(namespace, 'a', { owner: 'anna' }));
    const { worked, controller } = recorder(namespace);
    const byOwner = { ...sourceOf(namespace), keys: (object) => [(object as ConfigMap).data?.owner ?? ''] } satisfies Source;
    await using _running = run(() => [{ ...controller, sources: [byOwner] }]);
    await eventually(() => worked).toEqual(['anna']);
    await client.patch(ConfigMap, { namespace, name: 'a' }, { data: { owner: 'bert' } });
    await eventually(() => worked.slice(1).sort()).toEqual(['anna', 'bert']);
  });

  test('brings a round that broke back, and one that asked for it later', async () => {
    const namespace = await freshNamespace();
    await client.create(ConfigMap, configMap(namespace, 'a'));
    let rounds = 0;
    const { controller } = recorder(namespace, async () => {
      rounds += 1;
      if (rounds === 1) throw new Error('not today');
      return rounds < 4 ? { after: '0.01s' } : undefined;
    });
    await using _running = run(() => [controller]);
    await eventually(() => rounds).toBe(4);
  });

  test('lets a round watch further resources and wake keys', async () => {
    const namespace = await freshNamespace();
    await client.create(ConfigMap, configMap(namespace, 'a'));
    const { worked, controller } = recorder(namespace, async (key, round) => {
      if (key.endsWith('/a')) round.wake(`${namespace}/woken`, 0.01);
      round.watch({ client, resource: Secret, namespace, keys: (secret: Secret) => [keyOf(secret)] });
      return undefined;
    });
    await using _running = run(() => [controller]);
    await eventually(() => worked).toEqual(['a', 'woken']);
    await client.create(Secret, { apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name: 'secret' } });
    await eventually(() => worked).toEqual(['a', 'woken', 'secret']);
  });

  test('never works on one key twice at a time, and on several at once', async () => {
    const namespace = await freshNamespace();
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const name of names) await client.create(ConfigMap, configMap(namespace, name));
    const working = new Set<string>();
    let most = 0;
    let twice = 0;
    const { worked, controller } = recorder(namespace, async (key) => {
      if (working.has(key)) twice += 1;
      working.add(key);
      most = Math.max(most, working.size);
      await client.patch(ConfigMap, { namespace, name: key.split('/')[1] ?? '' }, { data: { rounds: String(Math.min(3, worked.length)) } });
      working.delete(key);
      return undefined;
    });
    await using _running = run(() => [{ ...controller, concurrency: 3 }]);
    await eventually(() => names.every((name) => worked.includes(name)) && working.size === 0).toBe(true);
    expect(twice).toBe(0);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(3);
  });

  test('goes on with the other controllers when a resource is not served, and says that it is ready', async () => {
    const namespace = await freshNamespace();
    await client.create(ConfigMap, configMap(namespace, 'a'));
    const { worked, controller } = recorder(namespace);
    const broken: Controller = {
      name: 'broken',
      sources: [{ client, resource: resource('example.com/v1', 'Nothing', 'nothings'), keys: () => [] }],
      reconcile: async () => undefined,
    };
    await using running = run(() => [broken, controller]);
    await eventually(() => worked).toEqual(['a']);
    await eventually(() => running.manager.ready()).toBe(true);
  });
});

describe('the cache', () => {
  test('is filled when it is handed out, follows changes, and shares one watch', async () => {
    const namespace = await freshNamespace();
    await client.create(ConfigMap, configMap(namespace, 'a', { color: 'blue' }));
    await using running = run(() => []);
    const open = () => running.manager.cache(client, ConfigMap, { namespace });
    const watchesBefore = watchCount(client);
    const [reader] = await Promise.all([open(), open(), open()]);
    expect(reader.get({ namespace, name: 'a' })?.data).toEqual({ color: 'blue' });
    expect(reader.list(namespace)).toHaveLength(1);
    await client.patch(ConfigMap, { namespace, name: 'a' }, { data: { color: 'red' } });
    await eventually(() => reader.get({ namespace, name: 'a' })?.data).toEqual({ color: 'red' });
    expect(watchCount(client) - watchesBefore).toBe(1);
  });

  test('refuses a resource that the server does not serve with the words of the server', async () => {
    await using running = run(() => []);
    const refused = running.manager.cache(client, resource('example.com/v1', 'Nothing', 'nothings'));
    await expect(refused).rejects.toMatchObject({ name: 'ApiError', status: 404 });
  });

  test('of a cluster that was dropped is opened anew', async () => {
    const namespace = await freshNamespace();
    await using running = run(() => []);
    const before = await running.manager.cache(client, ConfigMap, { namespace });
    running.manager.drop(client);
    await client.create(ConfigMap, configMap(namespace, 'a'));
    const after = await running.manager.cache(client, ConfigMap, { namespace });
    expect([before.list(), after.list().length]).toEqual([[], 1]);
  });
});

const watchCount = (of: Client): number =>
  of
    .counts()
    .filter(({ verb, resource }) => verb === 'list' && resource === 'configmaps')
    .reduce((sum, { count }) => sum + count, 0);

test('every round leaves one line that names controller, object and round', async () => {
  const namespace = await freshNamespace();
  await client.create(ConfigMap, configMap(namespace, 'a'));
  const lines: string[] = [];
  const log = createLogger({ destination: { write: (line) => void lines.push(line) } });
  const manager = createManager({ clock: systemClock, log, metrics: createMetrics() });
  manager.add(recorder(namespace).controller);
  const stop = new AbortController();
  const ended = manager.start(stop.signal);
  await eventually(() => lines).toHaveLength(1);
  stop.abort();
  await ended;
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'info',
    controller: 'recorder',
    namespace,
    name: 'a',
    reconcileID: expect.stringMatching(/^[\w-]{36}$/),
  });
});

test('an aborted manager waits for the rounds that run, and starts no other', async () => {
  const namespace = await freshNamespace();
  for (const name of ['a', 'b']) await client.create(ConfigMap, configMap(namespace, name));
  const gate = Promise.withResolvers<void>();
  const stop = new AbortController();
  const { worked, controller } = recorder(namespace, async () => {
    stop.abort();
    await gate.promise;
    return undefined;
  });
  const manager = createManager({ clock: systemClock, log: silentLog, metrics: createMetrics() });
  manager.add({ ...controller, concurrency: 1 });
  let isOver = false;
  const ended = manager.start(stop.signal).then(() => {
    isOver = true;
  });
  await eventually(() => worked).toHaveLength(1);
  expect(isOver).toBe(false);
  gate.resolve();
  await ended;
  expect(worked).toHaveLength(1);
});
