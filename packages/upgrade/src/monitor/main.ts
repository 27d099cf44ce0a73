import { uptime } from 'node:os';
import { systemClock } from '@godwit/controller';
import { rollBackHere, unitLog } from '../first-boot/local-world.ts';
import { namespaceDriver } from '../host/namespace.ts';
import { readSettings } from '../rollback/deadline.ts';
import { messageOfFailedUnit, watchUpgrade } from './watch.ts';

// lca-init-monitor: `--monitor` waits for the deadline of an upgrade; `--exec-stop-post COMPONENT` looks at how a unit has ended.
const [mode, component = ''] = process.argv.slice(2);
const log = unitLog();
// Sleeping alone keeps no process alive.
const keepAlive = setInterval(() => {}, 60_000);
const rollBack = rollBackHere(log);

if (mode === '--monitor') {
  const boot = await namespaceDriver().bootId();
  const outcome = await watchUpgrade({ root: '', clock: systemClock, log, boot, uptime, rollBack });
  log.info({ outcome }, 'the watch over the upgrade has ended');
} else if (mode === '--exec-stop-post') {
  const message = messageOfFailedUnit(component, process.env.SERVICE_RESULT, await readSettings(''));
  if (message !== undefined) await rollBack(message);
} else {
  log.error({}, 'Say what to do: --monitor, or --exec-stop-post COMPONENT');
  process.exitCode = 2;
}
clearInterval(keepAlive);
