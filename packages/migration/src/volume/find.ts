import { type Client, type KubeObject, type ObjectName, type Resource, resourcePath } from '@godwit/kube';

/** Reads an object by name; once it was found, no second time. */
export type Find = <T extends KubeObject>(resource: Resource<T>, name: ObjectName) => Promise<T | undefined>;

/**
 * Reads for one round, in which several phases ask for the same namespaces and claims. What is absent is asked for again,
 * since the round itself may have made it meanwhile.
 */
export const findOnce = (client: Pick<Client, 'get'>): Find => {
  const found = new Map<string, KubeObject>();
  return async <T extends KubeObject>(resource: Resource<T>, name: ObjectName) => {
    const path = resourcePath(resource, name);
    const object = found.get(path) ?? (await client.get(resource, name));
    if (object !== undefined) found.set(path, object);
    return object as T | undefined;
  };
};
