import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStore, keyOf, nameOfKey } from './store.ts';
import type { KubeObject, WatchEvent } from './types.ts';

const configMap = (name: string, version = '1', uid = `uid-${name}`, namespace = 'shop'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace, uid, resourceVersion: version, labels: { tier: Number(version) % 2 === 0 ? 'even' : 'odd' } },
});

const relist = (objects: KubeObject[]): WatchEvent<KubeObject>[] => [
  { type: 'listing' },
  ...objects.map((object) => ({ type: 'listed' as const, object })),
  { type: 'settled', resourceVersion: '9' },
];

const byTier = { tier: ({ metadata }: KubeObject) => [metadata.labels?.tier ?? ''] };

describe('a store', () => {
  test('shows nothing of a list before it is complete', () => {
    const store = createStore();
    const [listing, listed, settled] = relist([configMap('a')]);
    expect([listing, listed].flatMap((event) => store.take(event as WatchEvent<KubeObject>))).toEqual([]);
    expect([store.settled(), store.size()]).toEqual([false, 0]);
    expect(store.take(settled as WatchEvent<KubeObject>)).toEqual(['shop/a']);
    expect([store.settled(), store.get('shop/a')]).toEqual([true, configMap('a')]);
  });

  test('keeps showing the old objects while it is listed anew', () => {
    const store = createStore();
    for (const event of relist([configMap('a')])) store.take(event);
    store.take({ type: 'listing' });
    expect(store.list()).toEqual([configMap('a')]);
  });

  test('starts over when a list broke off and begins again', () => {
    const store = createStore();
    store.take({ type: 'listing' });
    store.take({ type: 'listed', object: configMap('gone') });
    for (const event of relist([configMap('a')])) store.take(event);
    expect(store.list()).toEqual([configMap('a')]);
  });

  test('reports after a relist what vanished, changed, came back as another object or is new, and nothing else', () => {
    const store = createStore();
    for (const event of relist(['same', 'gone', 'changed', 'reborn'].map((name) => configMap(name)))) store.take(event);
    const now = [configMap('same'), configMap('changed', '2'), configMap('reborn', '1', 'another'), configMap('new')];
    expect(
      relist(now)
        .flatMap((event) => store.take(event))
        .sort(),
    ).toEqual(['shop/changed', 'shop/gone', 'shop/new', 'shop/reborn']);
  });

  test('reports a deletion once, and does not report an event that it knows already', () => {
    const store = createStore();
    expect(store.take({ type: 'applied', object: configMap('a') })).toEqual(['shop/a']);
    expect(store.take({ type: 'applied', object: configMap('a') })).toEqual([]);
    expect(store.take({ type: 'deleted', object: configMap('a', '3') })).toEqual(['shop/a']);
    expect(store.take({ type: 'deleted', object: configMap('a', '3') })).toEqual([]);
  });

  test('lists one namespace, and cluster-scoped objects under no namespace', () => {
    const store = createStore();
    const node: KubeObject = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1', uid: 'n', resourceVersion: '1' } };
    for (const object of [configMap('a'), configMap('b', '1', 'b', 'bank'), node]) store.take({ type: 'applied', object });
    expect(store.list('bank').map(({ metadata }) => metadata.name)).toEqual(['b']);
    expect([store.get('n1'), store.list('')]).toEqual([node, [node]]);
  });

  test('moves an object between the values of an index', () => {
    const store = createStore({ indexes: byTier });
    store.take({ type: 'applied', object: configMap('a', '1') });
    store.take({ type: 'applied', object: configMap('a', '2') });
    expect([store.byIndex('tier', 'odd'), store.byIndex('tier', 'even')]).toEqual([[], [configMap('a', '2')]]);
  });

  test('names the known indexes when asked for one that does not exist', () => {
    expect(() => createStore({ indexes: byTier }).byIndex('owner', 'x')).toThrow('there is no index owner; known: tier');
  });

  test.each([
    [{ namespace: 'shop', name: 'web' }, 'shop/web'],
    [{ name: 'node-1' }, 'node-1'],
  ])('keys name objects and names can be read from keys: %o', (name, key) => {
    expect([keyOf(name), nameOfKey(key)]).toEqual([key, name]);
  });
});

const anObject = fc
  .record({ name: fc.constantFrom('a', 'b', 'c', 'd'), version: fc.integer({ min: 1, max: 6 }), uid: fc.constantFrom('u', 'v') })
  .map(({ name, version, uid }) => configMap(name, String(version), uid));

const anEvent: fc.Arbitrary<WatchEvent<KubeObject>> = fc.oneof(
  fc.constant({ type: 'listing' as const }),
  anObject.map((object) => ({ type: 'listed' as const, object })),
  fc.constant({ type: 'settled' as const, resourceVersion: '5' }),
  anObject.map((object) => ({ type: 'applied' as const, object })),
  anObject.map((object) => ({ type: 'deleted' as const, object })),
);

const contents = (objects: KubeObject[]) => new Map(objects.map((object) => [keyOf(object.metadata), object]));

describe('whatever events come in whatever order', () => {
  test('every object that differs afterwards was reported, and none was reported twice', () => {
    fc.assert(
      fc.property(fc.array(anEvent, { maxLength: 40 }), (events) => {
        const store = createStore();
        for (const event of events) {
          const before = contents(store.list());
          const keys = store.take(event);
          const after = contents(store.list());
          const different = [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
          expect(keys.toSorted()).toEqual(different.sort());
        }
      }),
    );
  });

  test('a complete list at the end makes the store equal to the server', () => {
    fc.assert(
      fc.property(
        fc.array(anEvent, { maxLength: 30 }),
        fc.uniqueArray(anObject, { selector: ({ metadata }) => metadata.name }),
        (events, list) => {
          const store = createStore();
          for (const event of [...events, ...relist(list)]) store.take(event);
          const versions = (objects: Iterable<KubeObject>) =>
            [...objects].map(({ metadata }) => [metadata.name, metadata.uid, metadata.resourceVersion]).sort();
          expect(versions(store.list())).toEqual(versions(list));
        },
      ),
    );
  });

  test('indexes agree with the objects', () => {
    fc.assert(
      fc.property(fc.array(anEvent, { maxLength: 40 }), (events) => {
        const store = createStore({ indexes: byTier });
        for (const event of events) store.take(event);
        for (const tier of ['odd', 'even'])
          expect(contents(store.byIndex('tier', tier))).toEqual(
            contents(store.list().filter(({ metadata }) => metadata.labels?.tier === tier)),
          );
        expect(contents(store.list('shop'))).toEqual(contents(store.list()));
      }),
    );
  });
});
