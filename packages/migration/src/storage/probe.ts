import { buffer } from 'node:stream/consumers';
import { type ObjectStore, StoreError } from '@godwit/objectstore';
import type { StoreFacts } from './facts.ts';

const PROBE_BODY = 'godwit';

const readsOne = async (store: ObjectStore): Promise<void> => {
  for await (const _first of store.list('', { limit: 1 })) return;
};

/** Below `metadata`, where Velero tolerates any file: a directory of our own at the top would make it refuse the location. */
const probeKey = (name: string): string => `metadata/godwit-probe-${name}`;

const writesAndDeletes = async (store: ObjectStore, name: string): Promise<void> => {
  const key = probeKey(name);
  await store.put(key, PROBE_BODY);
  const body = await store.get(key);
  const read = body === undefined ? undefined : (await buffer(body)).toString();
  await store.delete([key]);
  if (read !== PROBE_BODY) throw new StoreError(`${store.url} returned something else than was written. Check the store.`, 'other');
};

/** Tests a store: `read` lists one key, `write` also writes, reads and deletes an object of the given random name. */
export const probeStore = async (store: ObjectStore, depth: 'read' | 'write', randomName: string): Promise<StoreFacts> => {
  try {
    await readsOne(store);
    if (depth === 'write') await writesAndDeletes(store, randomName);
    return { answered: true, why: '' };
  } catch (fault) {
    if (fault instanceof StoreError) return { answered: false, why: fault.message };
    throw fault;
  }
};
