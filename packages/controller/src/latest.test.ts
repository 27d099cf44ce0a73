import type { Client, KubeObject, Resource } from '@godwit/kube';
import { expect, test } from 'vitest';
import type { Cache } from './controller.ts';
import { latestOf } from './latest.ts';

const kind: Resource = { group: '', version: 'v1', kind: 'Thing', plural: 'things', scope: 'Namespaced' };
const thing = (resourceVersion: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Thing',
  metadata: { namespace: 'a', name: 'b', resourceVersion },
});
const name = { namespace: 'a', name: 'b' };

const world = (seen: { object: KubeObject | undefined }, asked: string[] = []) => {
  const cache = (async () => ({ get: () => seen.object, list: () => (seen.object ? [seen.object] : []) })) as unknown as Cache;
  const client = {
    get: async () => {
      asked.push('get');
      return thing('99');
    },
  } as unknown as Client;
  return latestOf(cache, client, kind);
};

test('what the watch holds is taken without a request', async () => {
  const asked: string[] = [];
  expect(await world({ object: thing('5') }, asked).get(name)).toEqual(thing('5'));
  expect(asked).toEqual([]);
});

test('a watch that lags behind the own write does not hide it, and a newer event replaces it', async () => {
  const seen = { object: thing('9') };
  const latest = world(seen);
  latest.wrote(thing('10'));
  expect((await latest.get(name))?.metadata.resourceVersion).toBe('10');
  seen.object = thing('11');
  expect((await latest.get(name))?.metadata.resourceVersion).toBe('11');
});

test('an object that the watch does not hold is asked for', async () => {
  const asked: string[] = [];
  const latest = world({ object: undefined }, asked);
  latest.wrote(thing('10'));
  expect((await latest.get(name))?.metadata.resourceVersion).toBe('99');
  expect(asked).toEqual(['get']);
});

test('a list shows own writes that the watch has not brought yet', async () => {
  const seen = { object: thing('9') };
  const latest = world(seen);
  latest.wrote(thing('10'));
  expect((await latest.list()).map(({ metadata }) => metadata.resourceVersion)).toEqual(['10']);
  seen.object = thing('11');
  expect((await latest.list()).map(({ metadata }) => metadata.resourceVersion)).toEqual(['11']);
});

test('an event that brings back the last own write is known, and no other', async () => {
  const latest = world({ object: thing('9') });
  for (const version of ['10', '11']) latest.wrote(thing(version));
  expect(['9', '10', '11', '12'].map((version) => latest.isOwn(thing(version)))).toEqual([false, false, true, false]);
});
