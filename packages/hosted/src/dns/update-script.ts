import { isIP } from 'node:net';
import { DnsError, type DnsRecord, type DnsZone } from './zone.ts';

type Change = Parameters<DnsZone['change']>[0];

const HOST = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Printable ASCII without what ends a quoted text. */
const TEXT = /^[ !#-[\]-~]{1,255}$/;

const CHECKS: Readonly<Record<DnsRecord['type'], (value: string) => boolean>> = {
  A: (value) => isIP(value) === 4,
  AAAA: (value) => isIP(value) === 6,
  CNAME: (value) => HOST.test(value),
  TXT: (value) => TEXT.test(value),
};

/** A name or a value that comes from an object of the cluster could hold a command of its own: nothing unchecked goes into the script. */
const checked = (
  zone: string,
  { name, type, values = [] }: { name: string; type: DnsRecord['type']; values?: readonly string[] },
): void => {
  if (!HOST.test(name)) throw new DnsError(`${JSON.stringify(name)} is not a host name`, 'refused');
  if (name !== zone && !name.endsWith(`.${zone}`))
    throw new DnsError(`${name} is not below ${zone}, the only domain that may be written`, 'outside-of-zone');
  const bad = values.find((value) => !CHECKS[type](value));
  if (bad !== undefined) throw new DnsError(`${JSON.stringify(bad)} is no value for a record of type ${type} of ${name}`, 'refused');
};

const written = ({ type }: DnsRecord, value: string): string => {
  if (type === 'TXT') return `"${value}"`;
  return type === 'CNAME' ? `${value}.` : value;
};

const names = ({ upsert, remove }: Change): string[] => [...new Set([...upsert, ...remove].map(({ name }) => name))];

/** Whoever changes a name must own it: every server checks this and the change in one step. */
const prerequisites = (change: Change, ownership: (name: string) => string | undefined): string[] =>
  names(change).map((name) => {
    const text = ownership(name);
    return text === undefined ? `prereq nxdomain ${name}.` : `prereq yxrrset ${name}. TXT "${text}"`;
  });

/**
 * The input of `nsupdate` for one change. `ownership` gives the ownership text that a name must still have; undefined: it must be free.
 * Throws `DnsError` for a name outside of the zone and for what is no name or value.
 */
export const updateScript = (
  { host, port, zone }: { host: string; port: number; zone: string },
  change: Change,
  ownership: (name: string) => string | undefined,
): string => {
  for (const record of [...change.upsert, ...change.remove]) checked(zone, record);
  return [
    `server ${host} ${port}`,
    `zone ${zone}.`,
    ...prerequisites(change, ownership),
    ...change.remove.map(({ name, type }) => `update delete ${name}. ${type}`),
    ...change.upsert.flatMap((record) => [
      `update delete ${record.name}. ${record.type}`,
      ...record.values.map((value) => `update add ${record.name}. ${record.ttlSeconds} ${record.type} ${written(record, value)}`),
    ]),
    'send',
    '',
  ].join('\n');
};
