import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ObjectStore } from '../src/index.ts';

type Opened = { store: ObjectStore; close: () => Promise<void> };

const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};
const read = async (store: ObjectStore, key: string) => {
  const body = await store.get(key);
  return body && text(body);
};

/** What every object store promises, run against each adapter with an empty store per test. */
export const storeContract = (name: string, open: () => Promise<Opened>): void => {
  describe(name, () => {
    let opened: Opened;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    test('gives back what was stored, from text, bytes and streams', async () => {
      const { store } = opened;
      expect(await store.put('a/text', 'hällo')).toEqual({ stored: true, bytes: 6 });
      expect(await store.put('a/bytes', new Uint8Array([104, 105]))).toEqual({ stored: true, bytes: 2 });
      expect(await store.put('a/stream', Readable.from([Buffer.from('one'), Buffer.from('two')]))).toEqual({ stored: true, bytes: 6 });
      expect(await read(store, 'a/text')).toBe('hällo');
      expect(await read(store, 'a/bytes')).toBe('hi');
      expect(await read(store, 'a/stream')).toBe('onetwo');
    });

    test('stores an empty body', async () => {
      expect(await opened.store.put('empty', Readable.from([]))).toEqual({ stored: true, bytes: 0 });
      expect(await read(opened.store, 'empty')).toBe('');
    });

    test('overwrites, unless told to store only what is absent', async () => {
      const { store } = opened;
      await store.put('key', 'first');
      expect(await store.put('key', 'second')).toMatchObject({ stored: true });
      expect(await store.put('key', 'third', { ifAbsent: true })).toMatchObject({ stored: false });
      expect(await read(store, 'key')).toBe('second');
      expect(await store.put('other', 'fresh', { ifAbsent: true })).toMatchObject({ stored: true });
    });

    test('lets one of several concurrent writers win', async () => {
      const puts = ['a', 'b', 'c', 'd'].map((body) => opened.store.put('race', Readable.from([Buffer.from(body)]), { ifAbsent: true }));
      const won = (await Promise.all(puts)).filter(({ stored }) => stored);
      expect(won).toHaveLength(1);
    });

    test('says what it knows of an object, and nothing of an absent one', async () => {
      const { store } = opened;
      await store.put('a/b', 'four');
      expect(await store.stat('a/b')).toMatchObject({ key: 'a/b', bytes: 4, modified: expect.any(Date) });
      expect(await store.stat('a')).toBeUndefined();
      expect(await store.stat('a/c')).toBeUndefined();
      expect(await store.get('a/c')).toBeUndefined();
    });

    test('lists keys below a prefix in byte order', async () => {
      const { store } = opened;
      for (const key of ['b/x', 'b.y', 'b/a/c', 'ba', 'c', 'B']) await store.put(key, key);
      expect((await collect(store.list(''))).map(({ key }) => key)).toEqual(['B', 'b.y', 'b/a/c', 'b/x', 'ba', 'c']);
      expect((await collect(store.list('b/'))).map(({ key }) => key)).toEqual(['b/a/c', 'b/x']);
      expect((await collect(store.list('b'))).map(({ key }) => key)).toEqual(['b.y', 'b/a/c', 'b/x', 'ba']);
      expect((await collect(store.list('', { limit: 2 }))).map(({ key }) => key)).toEqual(['B', 'b.y']);
      expect(await collect(store.list('zzz'))).toEqual([]);
    });

    test('names the folders directly below a prefix', async () => {
      const { store } = opened;
      for (const key of ['backups/one/x', 'backups/two/y/z', 'restores/r/x', 'file']) await store.put(key, key);
      expect(await store.folders('')).toEqual(['backups', 'restores']);
      expect(await store.folders('backups')).toEqual(['one', 'two']);
      expect(await store.folders('backups/')).toEqual(['one', 'two']);
      expect(await store.folders('none')).toEqual([]);
    });

    test('deletes many at once, absent ones too, and leaves no empty folder behind', async () => {
      const { store } = opened;
      for (const key of ['d/one', 'd/two', 'e']) await store.put(key, key);
      await store.delete(['d/one', 'd/two', 'd/three']);
      await store.delete([]);
      expect((await collect(store.list(''))).map(({ key }) => key)).toEqual(['e']);
      expect(await store.folders('')).toEqual([]);
    });

    test.each(['../outside', '/absolute', 'a/../../b', ''])('refuses the key %j', async (key) => {
      await expect(opened.store.put(key, 'x')).rejects.toMatchObject({ name: 'StoreError' });
      await expect(opened.store.get(key)).rejects.toMatchObject({ name: 'StoreError' });
    });

    test('a body that breaks leaves nothing behind', async () => {
      const broken = Readable.from(
        (async function* () {
          yield Buffer.from('some');
          throw new Error('the source broke');
        })(),
      );
      await expect(opened.store.put('broken', broken)).rejects.toThrow('the source broke');
      expect(await opened.store.stat('broken')).toBeUndefined();
      expect(await collect(opened.store.list(''))).toEqual([]);
    });

    test('a canceled write leaves nothing behind', async () => {
      const signal = AbortSignal.abort();
      await expect(opened.store.put('canceled', Readable.from([Buffer.from('x')]), { signal })).rejects.toThrow();
      expect(await opened.store.stat('canceled')).toBeUndefined();
    });

    test('streams more than one part', async () => {
      const block = Buffer.alloc(1024 * 1024, 'g');
      const body = Readable.from(Array.from({ length: 20 }, () => block));
      expect(await opened.store.put('large', body, { ifAbsent: true })).toEqual({ stored: true, bytes: 20 * block.length });
      expect(await opened.store.stat('large')).toMatchObject({ bytes: 20 * block.length });
      expect(await opened.store.put('large', Readable.from([block]), { ifAbsent: true })).toMatchObject({ stored: false });
    });
  });
};
