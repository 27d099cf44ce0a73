import { MigCluster } from '@godwit/api';
import {
  type Cache,
  type Clock,
  type Controller,
  createManager,
  isTrue,
  type Log,
  type Manager,
  type Metrics,
  nameOf,
} from '@godwit/controller';
import type { Client } from '@godwit/kube';
import type { Connections } from '@godwit/migration';

/** What a set of backup engines is made of. `controllersFor` makes the controllers of one cluster. */
export type EngineParts = {
  clock: Clock;
  log: Log;
  metrics: Metrics;
  connections: Connections;
  namespace: string;
  controllersFor: (client: Client, cache: Cache) => readonly Controller[];
};

/** One running engine per cluster. */
export type Engines = {
  /** Runs an engine on a client's cluster, unless one runs there with this very client. */
  ensure(cluster: string, client: Client): Promise<void>;
  /** Ends the engine of a cluster; resolves when its rounds have ended. */
  drop(cluster: string): Promise<void>;
  /** Whether all caches of all engines are filled. */
  ready(): boolean;
  stop(): Promise<void>;
};

type Running = { client: Client; manager: Manager; ended: Promise<void>; end: () => void };

const start = ({ clock, log, metrics, controllersFor }: EngineParts, cluster: string, client: Client): Running => {
  const manager = createManager({ clock, log: log.child({ cluster }), metrics });
  for (const controller of controllersFor(client, manager.cache)) manager.add(controller);
  const stop = new AbortController();
  return { client, manager, ended: manager.start(stop.signal), end: () => stop.abort() };
};

/** Keeps the engines of all clusters; each has a manager of its own, so that a cluster that goes takes its watches along. */
export const createEngines = (parts: EngineParts): Engines => {
  const running = new Map<string, Running>();
  const drop = async (cluster: string): Promise<void> => {
    const engine = running.get(cluster);
    running.delete(cluster);
    engine?.end();
    await engine?.ended;
  };
  return {
    ensure: async (cluster, client) => {
      if (running.get(cluster)?.client === client) return;
      await drop(cluster);
      running.set(cluster, start(parts, cluster, client));
    },
    drop,
    ready: () => [...running.values()].every(({ manager }) => manager.ready()),
    stop: async () => {
      await Promise.all([...running.keys()].map(drop));
    },
  };
};

/**
 * Runs a backup engine on every cluster that a MigCluster makes reachable. An engine that runs outlives a short outage of its
 * cluster; it ends when the MigCluster goes, and starts anew when address or credentials change.
 */
export const enginesController = ({ connections, namespace, log }: EngineParts, engines: Engines): Controller => ({
  name: 'engines',
  sources: [
    { client: connections.host, resource: MigCluster, namespace, keys: ({ metadata }) => [`${metadata.namespace}/${metadata.name}`] },
  ],
  concurrency: 1,
  reconcile: async (key) => {
    const cluster = await connections.host.get(MigCluster, nameOf(key));
    if (cluster === undefined || cluster.metadata.deletionTimestamp !== undefined) await engines.drop(key);
    else if (!cluster.spec.isHostCluster && isTrue(cluster.status?.conditions, 'Ready')) {
      await engines.ensure(key, await connections.of(cluster.metadata));
      log.debug({ cluster: key }, 'the backup engine runs');
    }
    return undefined;
  },
});
