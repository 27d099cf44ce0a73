import type { Client, KubeObject, ListOptions, ObjectName, Resource } from '@godwit/kube';
import { type Cache, keyOf } from './controller.ts';

/** What is known best of objects that this process itself writes. */
export type Latest<T extends KubeObject> = {
  /** The object as this process last wrote it, or as the watch has brought it since, whichever is newer. */
  get(name: ObjectName): Promise<T | undefined>;
  /** All objects that the watch holds, each as `get` would show it. */
  list(): Promise<T[]>;
  /** Remembers what a write returned, and returns it. */
  wrote(object: T): T;
  /** Whether an event only brings back what was last written here: whoever wrote it knows, and a round that failed is to wait for its time. */
  isOwn(object: KubeObject): boolean;
};

const versionOf = ({ metadata }: KubeObject): bigint =>
  BigInt(/^\d+$/.test(metadata.resourceVersion ?? '') ? (metadata.resourceVersion ?? '') : 0);

/**
 * Reads from a shared watch without falling behind one's own writes, so that a journal in a status can be read without a request.
 * An object that the watch does not hold is asked for: it may be new, or gone.
 */
export const latestOf = <T extends KubeObject>(
  cache: Cache,
  client: Client,
  resource: Resource<T>,
  options: Pick<ListOptions, 'namespace'> = {},
): Latest<T> => {
  const written = new Map<string, T>();
  const versions = new Map<string, string>();
  const newer = (key: string, seen: T | undefined): T | undefined => {
    const ours = written.get(key);
    if (seen !== undefined && ours !== undefined && versionOf(ours) > versionOf(seen)) return ours;
    written.delete(key);
    return seen;
  };
  return {
    get: async (name) => {
      const key = keyOf({ metadata: name });
      const found = newer(key, (await cache(client, resource, options)).get(name)) ?? (await client.get(resource, name));
      if (found === undefined) versions.delete(key);
      return found;
    },
    list: async () => (await cache(client, resource, options)).list().flatMap((seen) => newer(keyOf(seen), seen) ?? []),
    wrote: (object) => {
      written.set(keyOf(object), object);
      versions.set(keyOf(object), object.metadata.resourceVersion ?? '');
      return object;
    },
    isOwn: (object) => versions.get(keyOf(object)) === object.metadata.resourceVersion,
  };
};
