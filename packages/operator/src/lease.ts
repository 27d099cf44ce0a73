import { Lease } from '@godwit/api';
import type { Client } from '@godwit/kube';

/** Name of the Lease of whoever runs the controllers: an operator, or a command that runs them inside itself. */
export const OPERATOR_LEASE = 'godwit-operator';

/** Clocks of two machines may differ by this much before a living holder is taken for a dead one. */
const LENIENCE_SECONDS = 5;

/** Who holds the lease at a moment; undefined when nobody does or the holder has not renewed it in time. Pure. */
export const holderOf = (lease: Pick<Lease, 'spec'> | undefined, now: Date): string | undefined => {
  const { holderIdentity, renewTime, leaseDurationSeconds = 15 } = lease?.spec ?? {};
  if (!holderIdentity || renewTime === undefined) return undefined;
  const age = (now.getTime() - Date.parse(renewTime)) / 1000;
  return age <= leaseDurationSeconds + LENIENCE_SECONDS ? holderIdentity : undefined;
};

/** Who runs the controllers of a host cluster now; undefined: nobody. */
export const operatorOf = async (host: Client, namespace: string, now: Date = new Date()): Promise<string | undefined> =>
  holderOf(await host.get(Lease, { namespace, name: OPERATOR_LEASE }), now);
