import {
  type Client,
  ConnectionError,
  createStore,
  isTransient,
  type KubeObject,
  type ListOptions,
  type Resource,
  resourcePath,
  type Store,
  watch,
} from '@godwit/kube';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/** Sees an object that changed, as it is now or as it was last; twice, with both, when it changed. */
export type Listener<T extends KubeObject> = (object: T) => void;

type Scope = Pick<ListOptions, 'namespace' | 'labelSelector'>;

/** One watch, which any number of controllers and readers share. */
export type SharedWatch<T extends KubeObject = KubeObject> = {
  readonly store: Store<T>;
  /** Adds a listener, which is told of all objects that are known already. */
  listen(listener: Listener<T>): void;
  /** Resolves when the store has been filled once; rejects when the server refuses the resource, or after 30 s. */
  filled(): Promise<void>;
};

/** All watches of a process. */
export type SharedWatches = {
  of<T extends KubeObject>(client: Client, resource: Resource<T>, scope: Scope): SharedWatch<T>;
  /** Whether every watch has been filled once, or met a server that refuses its resource. */
  ready(): boolean;
  /** Ends the watches of a cluster that is needed no more. */
  drop(client: Client): void;
};

/** What shared watches need of the world; the signal ends all of them. */
export type SharedWatchOptions = { clock: Clock; log: Log; metrics: Metrics; signal: AbortSignal };

const PATIENCE_SECONDS = 30;

type Opened = SharedWatch & { ready(): boolean };

const open = <T extends KubeObject>(
  client: Client,
  resource: Resource<T>,
  scope: Scope,
  options: SharedWatchOptions,
): SharedWatch<T> & { ready(): boolean } => {
  const { clock, log, metrics, signal } = options;
  const store = createStore<T>();
  const listeners = new Set<Listener<T>>();
  const waiting = new Set<{ resolve: () => void; reject: (error: unknown) => void }>();
  const path = resourcePath(resource, { namespace: scope.namespace });
  let lastFault: unknown;

  const answerWaiting = (answer: (one: { resolve: () => void; reject: (error: unknown) => void }) => void) => {
    for (const one of waiting) answer(one);
    waiting.clear();
  };
  const onFault = (fault: unknown, waitSeconds: number) => {
    lastFault = fault;
    metrics.watchRestarted(resource.plural);
    log.warn({ server: client.server, path, waitSeconds, err: fault }, 'a watch broke and begins anew');
    if (!isTransient(fault)) answerWaiting(({ reject }) => reject(fault));
  };
  const tell = (before: T | undefined, after: T | undefined) => {
    for (const listener of listeners) for (const object of [before, after]) if (object) listener(object);
  };
  const keyed = (object: T) =>
    object.metadata.namespace ? `${object.metadata.namespace}/${object.metadata.name}` : `${object.metadata.name}`;
  const follow = async () => {
    for await (const event of watch(client, resource, { ...scope, signal, onFault, sleep: clock.sleep })) {
      const before = event.type === 'settled' ? new Map(store.list().map((object) => [keyed(object), object])) : undefined;
      const old = 'object' in event && event.type !== 'listed' ? store.get(keyed(event.object)) : undefined;
      for (const key of store.take(event)) tell(before ? before.get(key) : old, store.get(key));
      if (event.type === 'settled') answerWaiting(({ resolve }) => resolve());
    }
  };
  const stay = async (): Promise<void> => {
    while (!signal.aborted) {
      // The watch machine never ends by itself; what a listener throws must not end it either.
      await follow().catch((error: unknown) =>
        log.error({ server: client.server, path, err: error }, 'a watch ended unexpectedly and begins anew'),
      );
      if (!signal.aborted) await clock.sleep(1, signal).catch(() => {});
    }
    answerWaiting(({ reject }) => reject(signal.reason));
  };
  void stay();

  const tooLate = () =>
    new ConnectionError(
      `${path} of ${client.server} could not be read within ${PATIENCE_SECONDS} s: check that the cluster can be reached`,
      {
        server: client.server,
        fault: 'timeout',
        cause: lastFault,
      },
    );
  return {
    store,
    listen: (listener) => {
      listeners.add(listener);
      if (store.settled()) for (const object of store.list()) listener(object);
    },
    filled: () => {
      if (store.settled()) return Promise.resolve();
      if (signal.aborted) return Promise.reject(signal.reason);
      if (lastFault !== undefined && !isTransient(lastFault)) return Promise.reject(lastFault);
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const one = { resolve, reject };
      waiting.add(one);
      const patience = new AbortController();
      clock.sleep(PATIENCE_SECONDS, patience.signal).then(
        () => {
          waiting.delete(one);
          reject(tooLate());
        },
        () => {},
      );
      return promise.finally(() => patience.abort());
    },
    ready: () => store.settled() || (lastFault !== undefined && !isTransient(lastFault)),
  };
};

/** Makes the place where watches are shared: one per client, resource, namespace and selector. */
export const createSharedWatches = (options: SharedWatchOptions): SharedWatches => {
  const byClient = new Map<Client, { stop: AbortController; watches: Map<string, Opened> }>();
  const shelfOf = (client: Client) => {
    const known = byClient.get(client);
    if (known) return known;
    const shelf = { stop: new AbortController(), watches: new Map<string, Opened>() };
    byClient.set(client, shelf);
    return shelf;
  };
  return {
    of: <T extends KubeObject>(client: Client, resource: Resource<T>, scope: Scope) => {
      const { stop, watches } = shelfOf(client);
      const id = `${resourcePath(resource, { namespace: scope.namespace })}?${scope.labelSelector ?? ''}`;
      const opened =
        watches.get(id) ?? open(client, resource, scope, { ...options, signal: AbortSignal.any([options.signal, stop.signal]) });
      watches.set(id, opened as Opened);
      // The path names the resource, so that the type of the objects follows from it.
      return opened as SharedWatch as SharedWatch<T>;
    },
    ready: () => [...byClient.values()].every(({ watches }) => [...watches.values()].every((each) => each.ready())),
    drop: (client) => {
      byClient.get(client)?.stop.abort();
      byClient.delete(client);
    },
  };
};
