import { createManager, createMetrics, type Manager, silentLog, systemClock } from '@godwit/controller';
import { type Client, connect } from '@godwit/kube';
import { type Connections, createConnections, type Settings, type World } from '@godwit/migration';
import { openStore } from '@godwit/objectstore';
import type { OperatorOptions } from './options.ts';
import { randomName } from './random-name.ts';

const USER_AGENT = 'godwit-operator';

/** Connections of the controllers to the clusters that MigClusters describe. */
export const connectionsOf = (host: Client, manager: Manager): Connections =>
  createConnections({
    host,
    cache: manager.cache,
    connect: ({ server, token, caBundle, insecure }) =>
      connect({ server, token, insecure, ...(caBundle === undefined ? {} : { ca: caBundle }) }, { userAgent: USER_AGENT }),
  });

/** What the migration controllers may touch. */
export const worldOf = (
  { settings, log }: Pick<OperatorOptions, 'settings' | 'log'>,
  manager: Manager,
  connections: Connections,
): World => ({
  clock: systemClock,
  log,
  cache: manager.cache,
  connections,
  settings,
  openStore,
  randomName,
});

/** A world in which phases can be judged but no controller works, for dry runs. */
export const readingWorld = (host: Client, settings: Settings): { world: World; close(): Promise<void> } => {
  const manager = createManager({ clock: systemClock, log: silentLog, metrics: createMetrics() });
  return {
    world: worldOf({ settings, log: silentLog }, manager, connectionsOf(host, manager)),
    close: () => manager.start(AbortSignal.abort()),
  };
};
