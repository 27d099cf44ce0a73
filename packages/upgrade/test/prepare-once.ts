import { readFileSync } from 'node:fs';
import { systemClock } from '@godwit/controller';
import { runHere } from '../src/host/run.ts';
import { sysrootDriver } from '../src/host/sysroot.ts';
import type { JournalRecord } from '../src/journal/journal-file.ts';
import type { RegistryAccess } from '../src/seed/access.ts';
import { prepareStateroot } from '../src/stateroot/prepare.ts';
import type { StaterootRequest } from '../src/stateroot/world.ts';

/** Where a process kills itself: at a write of its journal, or so long after it began a step, with all programs that it started. */
export type Kill = { write: number } | { step: string; milliseconds: number };

/** What a process that prepares a stateroot is told. It leads a group of processes. */
export type PrepareOrder = { folder: string; access: RegistryAccess; request: StaterootRequest; kill: Kill };

const order = JSON.parse(readFileSync(0, 'utf8')) as PrepareOrder;
let writes = 0;

const die = (): void => {
  process.kill(-process.pid, 'SIGKILL');
};
const onWrite = ({ steps }: JournalRecord): void => {
  writes += 1;
  const { kill } = order;
  const last = steps.at(-1);
  if ('write' in kill) {
    if (writes === kill.write) die();
  } else if (last?.name === kill.step && last.completedAt === undefined) setTimeout(die, kill.milliseconds);
};

await prepareStateroot(
  { host: sysrootDriver(order.folder), run: runHere, clock: systemClock, access: order.access, request: order.request },
  { signal: new AbortController().signal, written: onWrite },
);
