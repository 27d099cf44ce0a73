import type { Clock } from '@godwit/controller';
import type { HostDriver } from './driver.ts';

/** What a process remembers of the reboots that it has asked for, so that it asks once per boot. */
export type RebootRequests = {
  /** When a reboot out of the running boot was asked for; undefined: it was not. */
  since(host: HostDriver): Promise<Date | undefined>;
  /** Does what ends with asking for a reboot, unless it was done in the running boot, and remembers it; what fails is not remembered. */
  make(host: HostDriver, clock: Pick<Clock, 'now'>, leave: () => Promise<void>): Promise<void>;
  /** Lets a reboot be asked for again. */
  forget(host: HostDriver): void;
};

/** Remembers nothing yet. In memory only: a restarted agent asks again, in case the request was lost. */
export const rebootRequests = (): RebootRequests => {
  const made = new WeakMap<HostDriver, { readonly boot: string; readonly at: Date }>();
  return {
    since: async (host) => {
      const request = made.get(host);
      return request?.boot === (await host.bootId()) ? request.at : undefined;
    },
    make: async (host, clock, leave) => {
      const boot = await host.bootId();
      if (made.get(host)?.boot === boot) return;
      await leave();
      made.set(host, { boot, at: clock.now() });
    },
    forget: (host) => void made.delete(host),
  };
};
