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
import { runHosted } from './hosted/start.ts';
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

/** Hosted clusters fail on their own: what is wrong there must not stop migrations, and the other way round it ends with them. */
const besides = async ({ hosted, host, log }: OperatorOptions, manager: Manager, signal: AbortSignal): Promise<void> => {
  if (hosted === undefined) return;
  try {
    await runHosted(hosted, { management: host, log, manager }, signal);
  } catch (error) {
    if (!signal.aborted)
      log.error({ err: error }, 'hosted control planes are not served by this process; start it anew after the fault is gone');
  }
};

const run = async (manager: Manager, engines: Engines, options: OperatorOptions, signal: AbortSignal): Promise<void> => {
  await engines.ensure(HOST, options.host);
  const hosted = besides(options, manager, signal);
  try {
    await manager.start(signal);
  } finally {
    await engines.stop();
    await hosted;
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
