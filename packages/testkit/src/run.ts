import {
  type Controller,
  createLogger,
  createManager,
  createMetrics,
  type Log,
  type Manager,
  silentLog,
  systemClock,
} from '@godwit/controller';

/** Controllers that run beside a test until it is disposed of. */
export type Running = AsyncDisposable & { manager: Manager };

/** GODWIT_TEST_LOG=1 shows what the controllers say. */
const testLog = (): Log => (process.env.GODWIT_TEST_LOG ? createLogger({ level: 'debug' }) : silentLog);

/** Runs controllers: `await using _running = run((manager) => [migrationController(world(manager.cache))])`. They end with the block. */
export const run = (controllersFor: (manager: Manager) => readonly Controller[]): Running => {
  const manager = createManager({ clock: systemClock, log: testLog(), metrics: createMetrics() });
  for (const controller of controllersFor(manager)) manager.add(controller);
  const stop = new AbortController();
  const ended = manager.start(stop.signal);
  return {
    manager,
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await ended;
    },
  };
};
