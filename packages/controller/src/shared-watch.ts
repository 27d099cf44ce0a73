import {
  type Client,
  ConnectionError,
  createStore,
  isTransient,
  type KubeObject,
  keyOf,
  type ListOptions,
  type Resource,
  resourcePath,
  type Store,
  type WatchEvent,
  watch,
} from '@godwit/kube';
import type { Clock } from './clock.ts';
import { createGate } from './gate.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/** Sees an object that changed: as it was, if it was there, and as it is, if it still is. */
type Listener<T extends KubeObject> = (versions: readonly T[]) => void;

/** Which objects of a resource are watched. */
export type WatchScope = Pick<ListOptions, 'namespace' | 'labelSelector'>;

/** One watch, which any number of controllers and readers share. */
export type SharedWatch<T extends KubeObject = KubeObject> = {
  readonly store: Store<T>;
  /** Adds a listener, which is told of all objects that are known already. */
  listen(listener: Listener<T>): void;
  /** Resolves when the store has been filled once; rejects when the server refuses the resource, or after 30 s. */
  filled(): Promise<void>;
  /** Whether it was filled once, or met a server that refuses its resource. */
  ready(): boolean;
};

/** What a shared watch needs of the world; the signal ends it. */
export type SharedWatchOptions = { clock: Clock; log: Log; metrics: Metrics; signal: AbortSignal };

const PATIENCE_SECONDS = 30;

/** Who manages which field is half of an object's weight, and no controller reads it from a cache. */
const slim = <T extends KubeObject>(event: WatchEvent<T>): WatchEvent<T> => {
  if ('object' in event) delete (event.object.metadata as { managedFields?: unknown }).managedFields; // fresh from the wire: nobody else holds it
  return event;
};

/** Follows a watch into a store; tells of every change with the version before and the one after. */
const follow = async <T extends KubeObject>(
  events: ReturnType<typeof watch<T>>,
  store: Store<T>,
  tell: Listener<T>,
  onSettled: () => void,
) => {
  for await (const event of events) {
    const listed = event.type === 'settled' ? new Map(store.list().map((object) => [keyOf(object.metadata), object])) : undefined;
    const before = 'object' in event ? store.get(keyOf(event.object.metadata)) : undefined;
    for (const key of store.take(slim(event)))
      tell([listed ? listed.get(key) : before, store.get(key)].filter((version) => version !== undefined));
    if (event.type === 'settled') onSettled();
  }
};

/** Opens a watch, which goes on until the signal aborts, whatever happens. */
export const openSharedWatch = <T extends KubeObject>(
  client: Client,
  resource: Resource<T>,
  scope: WatchScope,
  { clock, log, metrics, signal }: SharedWatchOptions,
): SharedWatch<T> => {
  const store = createStore<T>();
  const listeners = new Set<Listener<T>>();
  const gate = createGate(clock);
  const path = resourcePath(resource, { namespace: scope.namespace });
  const { server } = client;
  let refusal: unknown;

  const onFault = (fault: unknown, waitSeconds: number) => {
    metrics.watchRestarted(resource.plural);
    log.warn({ server, path, waitSeconds, err: fault }, 'a watch broke and begins anew');
    if (isTransient(fault)) return;
    refusal = fault;
    gate.refuse(fault);
  };
  const tell: Listener<T> = (versions) => {
    for (const listener of listeners) {
      try {
        listener(versions);
      } catch (error) {
        log.error(
          { server, path, err: error, key: versions.map(({ metadata }) => keyOf(metadata)).at(-1) },
          'a change could not be mapped to keys',
        );
      }
    }
  };
  const stay = async (): Promise<void> => {
    while (!signal.aborted) {
      const events = watch(client, resource, { ...scope, signal, onFault, sleep: clock.sleep });
      await follow(events, store, tell, gate.open).catch((error: unknown) =>
        log.error({ server, path, err: error }, 'a watch ended and begins anew'),
      );
      if (!signal.aborted) await clock.sleep(1, signal).catch(() => {});
    }
    gate.refuse(signal.reason);
  };
  void stay();

  const tooLate = () =>
    new ConnectionError(`${path} of ${server} could not be read within ${PATIENCE_SECONDS} s: check that the cluster can be reached`, {
      server,
      fault: 'timeout',
    });
  return {
    store,
    listen: (listener) => {
      listeners.add(listener);
      if (store.settled()) for (const object of store.list()) listener([object]);
    },
    filled: async () => {
      if (store.settled()) return;
      signal.throwIfAborted();
      if (refusal !== undefined) throw refusal;
      await gate.wait(PATIENCE_SECONDS, tooLate);
    },
    ready: () => store.settled() || refusal !== undefined,
  };
};
