import { enabledUnits, readUnit } from './enabled.ts';
import { inOrder, predecessors } from './order.ts';
import { type Service, type ServicePlaces, startService } from './service.ts';

/** All units of a running system. */
export type Launcher = {
  /** What is wrong with units that are not started. */
  faults: readonly string[];
  /** Settles when everything that was enabled at the boot has been started. */
  started: Promise<void>;
  /** Starts a unit as its file stands now, enabled or not, without waiting for others; returns when it is started. */
  start(name: string): Promise<void>;
  /** Ends a unit, which stays down until it is started again. */
  stop(name: string): Promise<void>;
  /** Ends all units, the last first. */
  stopAll(): Promise<void>;
};

/** Starts the enabled units of a system whose `/` is `root`, each after those that it waits for. */
export const startUnits = (places: ServicePlaces, root = '/'): Launcher => {
  const { units, faults } = enabledUnits(root);
  const ordered = inOrder(units);
  const services = new Map<string, Service>();
  let ending = false;
  for (const unit of ordered) {
    const first = predecessors(unit, ordered).map((name) => services.get(name)?.started);
    services.set(unit.name, startService(unit, Promise.all(first), places));
  }
  const stop = async (name: string): Promise<void> => services.get(name)?.stop();
  const start = async (name: string): Promise<void> => {
    if (ending) throw new Error(`${name} is not started: the system goes down`);
    const unit = readUnit(name, root);
    if (!unit) throw new Error(`There is no unit ${name}, or it is masked`);
    await stop(name);
    const service = startService(unit, Promise.resolve(), places);
    services.set(name, service);
    await service.started;
  };
  const stopAll = async (): Promise<void> => {
    ending = true;
    for (const service of [...services.values()].reverse()) await service.stop();
  };
  return { faults, started: Promise.all([...services.values()].map(({ started }) => started)).then(() => undefined), start, stop, stopAll };
};
