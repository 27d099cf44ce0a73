import type { Client, KubeObject, ListOptions, ObjectName, Resource } from '@godwit/kube';
import { type Cache, keyOf } from './controller.ts';

/** What is known best of objects that this process itself writes. */
export type Latest<T extends KubeObject> = {
  /** The object as this process last wrote it, or as the watch has brought it since, whichever is newer. */
  get(name: ObjectName): Promise<T | undefined>;
  /** Remembers what a write returned, and returns it. */
  wrote(object: T): T;
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
  return {
    get: async (name) => {
      const key = keyOf({ metadata: name });
      const seen = (await cache(client, resource, options)).get(name);
      const ours = written.get(key);
      if (seen !== undefined && ours !== undefined && versionOf(ours) > versionOf(seen)) return ours;
      written.delete(key);
      return seen ?? client.get(resource, name);
    },
    wrote: (object) => {
      written.set(keyOf(object), object);
      return object;
    },
  };
};
