/** One record set, by exact name. */
export type DnsRecord = { name: string; type: 'A' | 'AAAA' | 'CNAME' | 'TXT'; ttlSeconds: number; values: readonly string[] };

/** Where host names are written: a port with one implementation per provider (RFC 2136 now; Route 53 has its place here). */
export type DnsZone = {
  /** The domain below which this zone may write, without a trailing dot. */
  readonly domain: string;
  /** Every record set of exactly this name, as the authoritative server says it; empty when there is none. */
  records(name: string, signal?: AbortSignal): Promise<DnsRecord[]>;
  /**
   * Replaces and deletes record sets, all or nothing, only if the TXT ownership record of each name is still `expectedOwner`
   * (undefined: the name must be free). Throws `DnsError` with fault `owned-by-other` otherwise.
   */
  change(change: {
    upsert: readonly DnsRecord[];
    remove: readonly Pick<DnsRecord, 'name' | 'type'>[];
    expectedOwner: string | undefined;
    signal?: AbortSignal;
  }): Promise<void>;
};

/** Why a name server did not do what was asked. */
export type DnsFault = 'owned-by-other' | 'refused' | 'unreachable' | 'outside-of-zone' | 'other';

/** A name server that did not do what was asked. The message names the server, the name and the next step, never a key. */
export class DnsError extends Error {
  override readonly name = 'DnsError';
  readonly fault: DnsFault;
  constructor(message: string, fault: DnsFault, cause?: unknown) {
    super(message, { cause });
    this.fault = fault;
  }
}
