import { type Client, type KubeObject, type Resource, resourcePath } from '@godwit/kube';
import { openSharedWatch, type SharedWatch, type SharedWatchOptions, type WatchScope } from './shared-watch.ts';

/** All watches of a process. */
export type SharedWatches = {
  of<T extends KubeObject>(client: Client, resource: Resource<T>, scope: WatchScope): SharedWatch<T>;
  /** Whether every watch is ready. */
  ready(): boolean;
  /** Ends the watches of a cluster that is needed no more. */
  drop(client: Client): void;
};

type Shelf = { stop: AbortController; watches: Map<string, SharedWatch> };

/** Makes the place where watches are shared: one per client, resource, namespace and selector. */
export const createSharedWatches = (options: SharedWatchOptions): SharedWatches => {
  const shelves = new Map<Client, Shelf>();
  const shelfOf = (client: Client): Shelf => {
    const shelf = shelves.get(client) ?? { stop: new AbortController(), watches: new Map<string, SharedWatch>() };
    shelves.set(client, shelf);
    return shelf;
  };
  return {
    of: <T extends KubeObject>(client: Client, resource: Resource<T>, scope: WatchScope) => {
      const { stop, watches } = shelfOf(client);
      const id = `${resourcePath(resource, { namespace: scope.namespace })}?${scope.labelSelector ?? ''}`;
      const known = watches.get(id);
      // The path names the resource, so that the type of the objects follows from it.
      if (known) return known as SharedWatch as SharedWatch<T>;
      const opened = openSharedWatch(client, resource, scope, { ...options, signal: AbortSignal.any([options.signal, stop.signal]) });
      watches.set(id, opened as SharedWatch as SharedWatch);
      return opened;
    },
    ready: () => [...shelves.values()].every(({ watches }) => [...watches.values()].every((each) => each.ready())),
    drop: (client) => {
      shelves.get(client)?.stop.abort();
      shelves.delete(client);
    },
  };
};
