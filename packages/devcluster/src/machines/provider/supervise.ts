import type { Clock, Log } from '@godwit/controller';
import { isOn } from '../power.ts';
import type { Machines } from './world.ts';

const SECONDS_BETWEEN_LOOKS = 1;

/** Boots every complete machine that is found off, as a power supply that comes back; needs no API server. Ends with the signal. */
export const supervise = async (machines: Machines, clock: Clock, log: Log, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    for (const machine of machines.list().filter((each) => each.ignited && !isOn(each)))
      await machines.ensureOn(machine.id).then(
        (booted) => booted && log.info({ machine: machine.id }, 'a machine was off and has been booted'),
        (error: unknown) => log.warn({ machine: machine.id, error: String(error) }, 'a machine cannot be booted; it is tried again'),
      );
    await clock.sleep(SECONDS_BETWEEN_LOOKS, signal).catch(() => undefined);
  }
};
