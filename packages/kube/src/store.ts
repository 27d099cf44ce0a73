import type { KubeObject, ObjectName, WatchEvent } from './types.ts';

/** Objects by key, fed by a watch. The key of an object is `namespace/name`, or `name` where there is no namespace. */
export type Store<T extends KubeObject> = {
  /** Takes one event of the watch and returns the keys of the objects that it changed. */
  take(event: WatchEvent<T>): string[];
  get(key: string): T | undefined;
  /** All objects, or those of one namespace. */
  list(namespace?: string): T[];
  /** The objects that the named index files under this value. */
  byIndex(index: string, value: string): T[];
  /** False until the first list is complete: an absent object may still be about to come. */
  settled(): boolean;
  size(): number;
};

/** An index files an object under any number of values. */
export type Indexes<T> = Readonly<Record<string, (object: T) => readonly string[]>>;

/** The key under which a store keeps an object of this name. */
export const keyOf = ({ namespace, name }: { namespace?: string | undefined; name?: string | undefined }): string =>
  namespace ? `${namespace}/${name}` : `${name}`;

/** The name that a store's key stands for. */
export const nameOfKey = (key: string): ObjectName => {
  const slash = key.indexOf('/');
  return slash < 0 ? { name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
};

type Shelf = { put(value: string, key: string): void; remove(value: string, key: string): void; keys(value: string): Iterable<string> };

const shelf = (): Shelf => {
  const keysByValue = new Map<string, Set<string>>();
  return {
    put: (value, key) => {
      const keys = keysByValue.get(value);
      if (keys) keys.add(key);
      else keysByValue.set(value, new Set([key]));
    },
    remove: (value, key) => {
      const keys = keysByValue.get(value);
      keys?.delete(key);
      if (keys?.size === 0) keysByValue.delete(value);
    },
    keys: (value) => keysByValue.get(value) ?? [],
  };
};

/** All shelves of a store: one for each index, and one for the namespaces. */
const shelvesOf = <T extends KubeObject>(indexes: Indexes<T>) => {
  const all: Indexes<T> = { ...indexes, '': ({ metadata }) => [metadata.namespace ?? ''] };
  const shelves = new Map(Object.entries(all).map(([name, values]) => [name, { values, shelf: shelf() }]));
  return {
    file: (key: string, object: T) => {
      for (const { values, shelf } of shelves.values()) for (const value of values(object)) shelf.put(value, key);
    },
    unfile: (key: string, object: T) => {
      for (const { values, shelf } of shelves.values()) for (const value of values(object)) shelf.remove(value, key);
    },
    keys: (index: string, value: string): string[] => {
      const found = shelves.get(index);
      if (!found) throw new Error(`there is no index ${index}; known: ${Object.keys(indexes).join(', ') || 'none'}`);
      return [...found.shelf.keys(value)];
    },
  };
};

const isSame = (a: KubeObject | undefined, b: KubeObject): boolean =>
  a !== undefined &&
  a.metadata.uid === b.metadata.uid &&
  a.metadata.resourceVersion !== undefined &&
  a.metadata.resourceVersion === b.metadata.resourceVersion;

/**
 * Keeps what a watch tells. A relist is collected aside and swapped in at `settled`, so a reader never sees a
 * half-filled store; objects that vanished meanwhile, or came back under another uid, are reported as changed.
 */
export const createStore = <T extends KubeObject>({ indexes = {} }: { indexes?: Indexes<T> } = {}): Store<T> => {
  const objects = new Map<string, T>();
  const shelves = shelvesOf(indexes);
  let aside: Map<string, T> | undefined;
  let hasSettled = false;

  const remove = (key: string) => {
    const old = objects.get(key);
    if (old) shelves.unfile(key, old);
    objects.delete(key);
  };
  const put = (key: string, object: T) => {
    remove(key);
    objects.set(key, object);
    shelves.file(key, object);
  };
  const swapIn = (listed: ReadonlyMap<string, T>): string[] => {
    const gone = [...objects.keys()].filter((key) => !listed.has(key));
    const changed = [...listed].filter(([key, object]) => !isSame(objects.get(key), object));
    for (const key of gone) remove(key);
    for (const [key, object] of changed) put(key, object);
    return [...gone, ...changed.map(([key]) => key)];
  };
  const applied = (object: T): string[] => {
    const key = keyOf(object.metadata);
    if (isSame(objects.get(key), object)) return [];
    put(key, object);
    return [key];
  };
  const deleted = (object: T): string[] => {
    const key = keyOf(object.metadata);
    if (!objects.has(key)) return [];
    remove(key);
    return [key];
  };
  const settle = (): string[] => {
    const listed = aside;
    aside = undefined;
    hasSettled = true;
    return listed ? swapIn(listed) : [];
  };
  const find = (index: string, value: string): T[] => shelves.keys(index, value).flatMap((key) => objects.get(key) ?? []);

  return {
    take: (event) => {
      if (event.type === 'listing') aside = new Map();
      if (event.type === 'listed') aside?.set(keyOf(event.object.metadata), event.object);
      if (event.type === 'settled') return settle();
      if (event.type === 'applied') return applied(event.object);
      return event.type === 'deleted' ? deleted(event.object) : [];
    },
    get: (key) => objects.get(key),
    list: (namespace) => (namespace === undefined ? [...objects.values()] : find('', namespace)),
    byIndex: find,
    settled: () => hasSettled,
    size: () => objects.size,
  };
};
