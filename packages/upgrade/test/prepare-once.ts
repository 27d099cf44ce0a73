import { readFileSync } from 'node:fs';
import { systemClock } from '@godwit/controller';
import { runHere } from '../src/host/run.ts';
import { sysrootDriver } from '../src/host/sysroot.ts';
import type { RegistryAccess } from '../src/seed/access.ts';
import { prepareStateroot } from '../src/stateroot/prepare.ts';
import type { StaterootRequest } from '../src/stateroot/world.ts';

/** What a process that prepares a stateroot is told; it kills itself after so many writes of its journal, 0: never. */
export type PrepareOrder = { folder: string; access: RegistryAccess; request: StaterootRequest; killAfterWrites: number };

const order = JSON.parse(readFileSync(0, 'utf8')) as PrepareOrder;
let writes = 0;

await prepareStateroot(
  { host: sysrootDriver(order.folder), run: runHere, clock: systemClock, access: order.access, request: order.request },
  {
    signal: new AbortController().signal,
    written: () => {
      writes += 1;
      if (writes === order.killAfterWrites) process.kill(process.pid, 'SIGKILL');
    },
  },
);
