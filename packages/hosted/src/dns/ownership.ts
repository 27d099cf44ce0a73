import type { DnsRecord } from './zone.ts';

/** Seconds that answers may be remembered: a control plane that moves must be found again soon. */
const TTL_SECONDS = 5;

const quotedOwner = /(?:^|,)external-dns\/owner=([^,]*)/;

/** What a name stands for and who may change it, as ExternalDNS writes it down. */
export type Ownership = { owner: string; resource: string };

/** The text of the TXT record beside an owned name. */
const ownershipText = ({ owner, resource }: Ownership): string =>
  `heritage=external-dns,external-dns/owner=${owner},external-dns/resource=${resource}`;

/** Who owns a name by its records; undefined: nobody. */
export const ownerOf = (records: readonly DnsRecord[]): string | undefined =>
  records
    .filter(({ type }) => type === 'TXT')
    .flatMap(({ values }) => values)
    .map((value) => quotedOwner.exec(value)?.[1])
    .find((owner) => owner !== undefined);

const isIpv6 = (address: string): boolean => address.includes(':');

/** The records that publish a name at these addresses, with the mark of its owner. */
export const publishedRecords = (name: string, addresses: readonly string[], ownership: Ownership): DnsRecord[] => {
  const of = (type: 'A' | 'AAAA', values: readonly string[]): DnsRecord[] =>
    values.length === 0 ? [] : [{ name, type, ttlSeconds: TTL_SECONDS, values }];
  return [
    ...of(
      'A',
      addresses.filter((address) => !isIpv6(address)),
    ),
    ...of('AAAA', addresses.filter(isIpv6)),
    { name, type: 'TXT', ttlSeconds: TTL_SECONDS, values: [ownershipText(ownership)] },
  ];
};
