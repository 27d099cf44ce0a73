import type { Clock } from '@godwit/controller';
import type { HostDriver } from './driver.ts';

/** What a process remembers of the reboots that it has asked for, so that it asks once per boot. */
export type RebootRequests = {
  /**
   * Does what ends with asking for a reboot, unless it was done in the running boot, and remembers it; what fails is not remembered. Throws once
   * when the reboot has not come within an hour; from then on it may be asked for again.
   */
  make(host: HostDriver, clock: Pick<Clock, 'now'>, leave: () => Promise<void>): Promise<void>;
};

const NO_REBOOT = 'failed to reboot. This should never happen! Please check the system';
/** After a reboot was asked for. */
const PATIENCE_SECONDS = 3600;

/** Remembers nothing yet. In memory only: a restarted agent asks again, in case the request was lost. */
export const rebootRequests = (): RebootRequests => {
  const made = new WeakMap<HostDriver, { readonly boot: string; readonly at: Date }>();
  return {
    make: async (host, clock, leave) => {
      const boot = await host.bootId();
      const request = made.get(host);
      if (request?.boot !== boot) {
        await leave();
        made.set(host, { boot, at: clock.now() });
      } else if (clock.now().getTime() - request.at.getTime() > PATIENCE_SECONDS * 1000) {
        made.delete(host);
        throw new Error(NO_REBOOT);
      }
    },
  };
};
