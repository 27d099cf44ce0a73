import type { Client, KubeObject } from '@godwit/kube';
import { keyOf as storeKeyOf } from '@godwit/kube';
import type { Clock } from './clock.ts';
import type { Cache, Controller, Source } from './controller.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { createQueue, type Queue } from './queue.ts';
import { createSharedWatches } from './shared-watches.ts';
import { runWorker } from './worker.ts';

/** Runs controllers over shared watches. */
export type Manager = {
  /** Adds a controller; one that is added after the start begins at once. */
  add(controller: Controller): void;
  /**
   * Reads from watches that all controllers share. What it shows may lag behind this process's own writes: read with the
   * client what a decision must not miss. Rejects when the server refuses the resource, or does not answer within 30 s.
   */
  readonly cache: Cache;
  /** Runs all controllers; resolves after the signal has aborted and the running rounds have ended. */
  start(signal: AbortSignal): Promise<void>;
  /** Whether it was started and every watch is filled. */
  ready(): boolean;
  /** Ends all watches of a cluster that is needed no more. */
  drop(client: Client): void;
};

/** What a manager needs of the world. */
export type ManagerOptions = { clock: Clock; log: Log; metrics: Metrics };

const DEFAULT_CONCURRENCY = 4;

/** Makes a manager without controllers. No failing watch, list or round ends it. */
export const createManager = ({ clock, log, metrics }: ManagerOptions): Manager => {
  const stop = new AbortController();
  const watches = createSharedWatches({ clock, log, metrics, signal: stop.signal });
  const controllers: Controller[] = [];
  const workers: Promise<void>[] = [];
  let started = false;

  const attach = <T extends KubeObject>(
    queue: Queue,
    { client, resource, namespace, labelSelector, keys }: Source<T>,
    once?: WeakSet<object>,
  ) => {
    const shared = watches.of(client, resource, { namespace, labelSelector });
    if (once?.has(shared)) return;
    once?.add(shared);
    shared.listen((versions) => {
      // Each key once: a worker may begin with it in the same moment, and would begin again.
      for (const key of new Set(versions.flatMap(keys))) queue.add(key);
    });
  };
  const run = (controller: Controller) => {
    const queue = createQueue({ clock, onDepth: (depth) => metrics.queueDepth(controller.name, depth) });
    const watched = new WeakSet<object>();
    const round = {
      watch: <T extends KubeObject>(source: Source<T>) => attach(queue, source, watched),
      wake: (key: string, afterSeconds = 0) => queue.addAfter(key, afterSeconds),
    };
    stop.signal.addEventListener('abort', () => queue.close());
    for (const source of controller.sources) attach(queue, source);
    for (let count = 0; count < (controller.concurrency ?? DEFAULT_CONCURRENCY); count += 1)
      workers.push(runWorker({ controller, queue, round, clock, log, metrics, signal: stop.signal }));
  };

  return {
    add: (controller) => {
      if (started) run(controller);
      else controllers.push(controller);
    },
    cache: async (client, resource, { namespace, labelSelector } = {}) => {
      const shared = watches.of(client, resource, { namespace, labelSelector });
      await shared.filled();
      return { get: (name) => shared.store.get(storeKeyOf(name)), list: (inNamespace) => shared.store.list(inNamespace) };
    },
    start: async (signal) => {
      started = true;
      const end = () => stop.abort(signal.reason);
      if (signal.aborted) end();
      signal.addEventListener('abort', end, { once: true });
      for (const controller of controllers) run(controller);
      await new Promise<void>((resolve) => {
        if (stop.signal.aborted) resolve();
        stop.signal.addEventListener('abort', () => resolve(), { once: true });
      });
      await Promise.all(workers);
    },
    ready: () => started && watches.ready(),
    drop: watches.drop,
  };
};
