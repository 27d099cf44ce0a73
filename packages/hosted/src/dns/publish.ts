import type { Node, Service } from '@godwit/api';
import { annotations } from '@godwit/api';
import { type Ownership, ownerOf, publishedRecords } from './ownership.ts';
import type { DnsRecord, DnsZone } from './zone.ts';

/** Names that a Service has in the zone, as a comma list: what is published must be found again when the wish has changed. */
export const PUBLISHED = 'godwit.io/published-names';

/** The host name that a Service asks for; undefined: none, or it is going. */
export const wantedName = ({ metadata }: Service): string | undefined =>
  metadata.deletionTimestamp === undefined ? metadata.annotations?.[annotations.externalDnsHostname] || undefined : undefined;

/** The names that a Service has in the zone. */
export const publishedNames = ({ metadata }: Service): string[] => (metadata.annotations?.[PUBLISHED] ?? '').split(',').filter(Boolean);

/** Where a Service is reached from outside: at its load balancer, or at the nodes. */
export const addressesOf = (service: Service, nodes: readonly Node[]): string[] => {
  if (service.spec?.type === 'LoadBalancer') return (service.status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? []);
  if (service.spec?.type !== 'NodePort') return [];
  return nodes.flatMap(({ status }) => (status?.addresses ?? []).filter(({ type }) => type === 'InternalIP').map(({ address }) => address));
};

const valuesOf = (records: readonly DnsRecord[]): string[] =>
  records
    .filter(({ type }) => type === 'A' || type === 'AAAA')
    .flatMap(({ values }) => values)
    .toSorted();

const isThere = (found: readonly DnsRecord[], addresses: readonly string[]): boolean =>
  JSON.stringify(valuesOf(found)) === JSON.stringify([...addresses].toSorted());

/** Publishes a name at these addresses, unless it is there already. Throws `DnsError` where the name is another's. */
export const raise = async (zone: DnsZone, name: string, addresses: readonly string[], ownership: Ownership): Promise<void> => {
  const found = await zone.records(name);
  const owner = ownerOf(found);
  if (owner === ownership.owner && isThere(found, addresses)) return;
  await zone.change({
    upsert: publishedRecords(name, addresses, ownership),
    remove: [],
    expectedOwner: owner === ownership.owner ? owner : undefined,
  });
};

/** Takes a name back, with the mark of its owner; a name that is another's by now is left alone. */
export const drop = async (zone: DnsZone, name: string, owner: string): Promise<void> => {
  const found = await zone.records(name);
  if (ownerOf(found) !== owner) return;
  await zone.change({ upsert: [], remove: found.map(({ type }) => ({ name, type })), expectedOwner: owner });
};
