import { Lease } from '@godwit/api';
import { type Client, isApiError } from '@godwit/kube';
import type { Clock } from './clock.ts';

/** Who wants a lease, and for how many seconds at a time. */
export type LeaseOptions = { client: Client; namespace: string; name: string; identity: string; clock: Clock; leaseSeconds: number };

/** A lease as one candidate sees it. */
export type LeaseHold = {
  /** Takes or renews it: `held`; `other` when another one holds it or was faster. */
  takeOrRenew(): Promise<'held' | 'other'>;
  /** Gives it back, so that the next candidate need not wait. */
  release(): Promise<void>;
};

const microTime = (moment: Date): string => moment.toISOString().replace('Z', '000Z');

const leaseFor = (lease: Lease | undefined, { namespace, name, identity, clock, leaseSeconds }: LeaseOptions): Lease => {
  const now = microTime(clock.now());
  const isRenewal = lease?.spec?.holderIdentity === identity;
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { ...lease?.metadata, namespace, name },
    spec: {
      holderIdentity: identity,
      leaseDurationSeconds: leaseSeconds,
      renewTime: now,
      acquireTime: (isRenewal ? lease.spec?.acquireTime : undefined) ?? now,
      leaseTransitions: (lease?.spec?.leaseTransitions ?? 0) + (lease === undefined || isRenewal ? 0 : 1),
    },
  } as Lease;
};

/**
 * Stands for a lease. Clocks of different machines are never compared: another holder's lease has run out when this
 * candidate has seen no renewal for as long as the lease lasts.
 */
export const leaseHold = (options: LeaseOptions): LeaseHold => {
  const { client, namespace, name, identity, clock, leaseSeconds } = options;
  let seen: { version: string | undefined; at: number } = { version: undefined, at: 0 };

  const isHeldByOther = (lease: Lease): boolean => {
    const { holderIdentity, leaseDurationSeconds = leaseSeconds } = lease.spec ?? {};
    if (!holderIdentity || holderIdentity === identity) return false;
    const now = clock.now().getTime();
    if (seen.version !== lease.metadata.resourceVersion) seen = { version: lease.metadata.resourceVersion, at: now };
    return now < seen.at + leaseDurationSeconds * 1000;
  };
  return {
    takeOrRenew: async () => {
      const lease = await client.get(Lease, { namespace, name });
      if (lease && isHeldByOther(lease)) return 'other';
      const wanted = leaseFor(lease, options);
      try {
        await (lease ? client.replace(Lease, wanted) : client.create(Lease, wanted));
        return 'held';
      } catch (error) {
        if (isApiError(error, 'Conflict', 'AlreadyExists')) return 'other';
        throw error;
      }
    },
    release: async () => {
      const lease = await client.get(Lease, { namespace, name });
      if (lease?.spec?.holderIdentity !== identity) return;
      await client.replace(Lease, { ...lease, spec: { ...lease.spec, holderIdentity: '' } } as Lease);
    },
  };
};
