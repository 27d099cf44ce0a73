import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { enabledUnits } from './enabled.ts';
import { inOrder, predecessors } from './order.ts';
import { type Service, startService } from './service.ts';

/** What the host learns of this boot, line by line. */
const REPORT = '/run/godwit/report';

/** What was asked for before the first process was told to end: `reboot WHY` or `poweroff WHY`. */
const REQUEST = '/run/godwit/request';

const PLACES = { logs: '/var/log/units', states: '/run/godwit/units' };

const report = (line: string): void => appendFileSync(REPORT, `${line}\n`);

const startAll = (): Service[] => {
  const found = enabledUnits();
  for (const fault of found.faults) console.error(`${fault}; it is not started`);
  const units = inOrder(found.units);
  const services = new Map<string, Service>();
  for (const unit of units) {
    const first = predecessors(unit, units).map((name) => services.get(name)?.started);
    services.set(unit.name, startService(unit, Promise.all(first), PLACES));
  }
  return [...services.values()];
};

const asked = new Promise<void>((resolve) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
});

mkdirSync(PLACES.states, { recursive: true });
const alive = setInterval(() => undefined, 60_000);
const services = startAll();
void Promise.all(services.map(({ started }) => started)).then(() => report('started'));
await asked;
for (const service of services.toReversed()) await service.stop();
report(existsSync(REQUEST) ? readFileSync(REQUEST, 'utf8').trim() : 'halt');
clearInterval(alive);
process.exit(0);
