import { createManager, createMetrics, type Manager, type Metrics, systemClock } from '@godwit/controller';
import {
  type Connections,
  directVolumeMigrationController,
  migClusterController,
  migMigrationController,
  migPlanController,
  migStorageController,
  type World,
} from '@godwit/migration';
import { engineControllers } from './engine-controllers.ts';
import { createEngines, type Engines, enginesController } from './engines.ts';
import type { OperatorOptions } from './options.ts';
import { connectionsOf, worldOf } from './world.ts';

/** What a leader runs, and how ready it is. */
export type Leadership = { ready(): boolean; run(signal: AbortSignal): Promise<void> };

const addControllers = (manager: Manager, world: World): void => {
  manager.add(migClusterController(world));
  manager.add(migStorageController(world));
  manager.add(migPlanController(world));
  manager.add(migMigrationController(world));
  manager.add(directVolumeMigrationController(world));
};

const enginesOf = (options: OperatorOptions, metrics: Metrics, connections: Connections) => {
  const parts = {
    clock: systemClock,
    log: options.log,
    metrics,
    connections,
    namespace: options.settings.namespace,
    controllersFor: engineControllers(options),
  };
  const engines = createEngines(parts);
  return { engines, controller: enginesController(parts, engines) };
};

const HOST = 'host';

const run = async (manager: Manager, engines: Engines, { host }: OperatorOptions, signal: AbortSignal): Promise<void> => {
  await engines.ensure(HOST, host);
  try {
    await manager.start(signal);
  } finally {
    await engines.stop();
  }
};

/** Builds what one term of leadership runs: the migration controllers, and a backup engine for the host and each reachable cluster. */
export const leadership = (options: OperatorOptions, metrics: Metrics = createMetrics()): Leadership => {
  const manager = createManager({ clock: systemClock, log: options.log, metrics });
  const connections = connectionsOf(options.host, manager);
  const { engines, controller } = enginesOf(options, metrics, connections);
  addControllers(manager, worldOf(options, manager, connections));
  manager.add(controller);
  return {
    ready: () => manager.ready() && engines.ready(),
    run: (signal) => run(manager, engines, options, signal),
  };
};
