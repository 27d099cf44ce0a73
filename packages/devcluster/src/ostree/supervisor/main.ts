import { createLogger, systemClock } from '@godwit/controller';
import { copyKubeconfig, ensureOn } from '../node/life.ts';
import { isNodeOn, readReport } from '../node/power.ts';
import { listNodes, type NodeRecord } from '../node/record.ts';

const SECONDS_BETWEEN_LOOKS = 0.25;

/** Boots every node that is to run and is found off: after a reboot that was asked for, and after a crash. What it knows lies on disk, so it may be killed at any time. */
const supervise = async (set: string, signal: AbortSignal): Promise<void> => {
  const log = createLogger({ level: 'info' });
  const look = async (node: NodeRecord): Promise<void> => {
    if (isNodeOn(node)) {
      copyKubeconfig(set, node);
      return;
    }
    if (!node.installed || node.power === 'off') return;
    const last = readReport(set, node.id).at(-1);
    if (await ensureOn(set, node.id)) log.info({ node: node.id, said: last }, 'a node was off and has been booted');
  };
  while (!signal.aborted) {
    for (const node of listNodes(set))
      await look(node).catch((error: unknown) =>
        log.warn({ node: node.id, error: String(error) }, 'a node cannot be booted; it is tried again'),
      );
    await systemClock.sleep(SECONDS_BETWEEN_LOOKS, signal).catch(() => undefined);
  }
};

const [set] = process.argv.slice(2);
if (!set) throw new Error('Wanted: the id of a set');
const stop = new AbortController();
// The clock's timers alone keep no process alive.
const alive = setInterval(() => undefined, 60_000);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
await supervise(set, stop.signal);
clearInterval(alive);
process.exit(0);
