import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { serveControl } from './control.ts';
import { startUnits } from './launcher.ts';

/** What the host learns of this boot, line by line. */
const REPORT = '/run/godwit/report';

/** What was asked for before the first process was told to end: `reboot WHY` or `poweroff WHY`. */
const REQUEST = '/run/godwit/request';

const report = (line: string): void => appendFileSync(REPORT, `${line}\n`);

const asked = new Promise<void>((resolve) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
});

const launcher = startUnits({ logs: '/var/log/units', states: '/run/godwit/units' });
for (const fault of launcher.faults) console.error(`${fault}; it is not started`);
await serveControl(launcher, '/run/godwit/control.sock');
void launcher.started.then(() => report('started'));
await asked;
await launcher.stopAll();
report(existsSync(REQUEST) ? readFileSync(REQUEST, 'utf8').trim() : 'halt');
process.exit(0);
