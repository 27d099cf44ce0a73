import { spawn } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { text } from 'node:stream/consumers';
import { ownerOf } from './ownership.ts';
import { updateScript } from './update-script.ts';
import { DnsError, type DnsFault, type DnsRecord, type DnsZone } from './zone.ts';

/** A zone that takes RFC 2136 updates; `keyFile` holds its TSIG key and is read by `nsupdate` only. */
export type Rfc2136Options = { host: string; port: number; zone: string; keyFile: string };

const FAULTS: readonly (readonly [RegExp, DnsFault])[] = [
  [/NXRRSET|YXRRSET|YXDOMAIN|NXDOMAIN/, 'owned-by-other'],
  [/NOTZONE/, 'outside-of-zone'],
  [/REFUSED|NOTAUTH|BADKEY|BADSIG|BADTIME/, 'refused'],
  [/timed out|connection refused|unreachable|could not get/i, 'unreachable'],
];

const NEXT: Readonly<Record<DnsFault, string>> = {
  'owned-by-other': 'somebody else has changed the name; look at its TXT record and free it, or choose another host name',
  'outside-of-zone': 'choose a host name below the domain of --external-dns-domain-filter',
  refused: 'check that the key of --external-dns-credentials may update the zone, and the clocks of both machines',
  unreachable: 'check that the name server runs and that this machine reaches it',
  other: 'see the log of the name server',
};

const faultOf = (said: string): DnsFault => FAULTS.find(([pattern]) => pattern.test(said))?.[1] ?? 'other';

const nsupdate = async (keyFile: string, script: string, signal: AbortSignal | undefined): Promise<{ code: number; said: string }> => {
  const child = spawn('nsupdate', ['-t', '10', '-k', keyFile], { stdio: ['pipe', 'ignore', 'pipe'], signal });
  const code = new Promise<number>((resolve, reject) => child.once('error', reject).once('close', (status) => resolve(status ?? 1)));
  child.stdin.on('error', () => {}); // a program that ends early does not read its input; its words tell why
  child.stdin.end(script);
  return { said: await text(child.stderr), code: await code };
};

const MISSING = new Set(['ENOTFOUND', 'ENODATA']);

const orNothing = async <T>(asked: Promise<T[]>): Promise<T[]> =>
  asked.catch((error: NodeJS.ErrnoException) => {
    if (MISSING.has(error.code ?? '')) return [];
    throw error;
  });

const addresses = (name: string, type: 'A' | 'AAAA', found: readonly { address: string; ttl: number }[]): DnsRecord[] =>
  found.length === 0 ? [] : [{ name, type, ttlSeconds: found[0]?.ttl ?? 0, values: found.map(({ address }) => address).toSorted() }];

const ask = async (resolver: Resolver, name: string): Promise<DnsRecord[]> => {
  const [v4, v6, aliases, texts] = await Promise.all([
    orNothing(resolver.resolve4(name, { ttl: true })),
    orNothing(resolver.resolve6(name, { ttl: true })),
    orNothing(resolver.resolveCname(name)),
    orNothing(resolver.resolveTxt(name)),
  ]);
  const plain = (type: 'CNAME' | 'TXT', values: string[]): DnsRecord[] =>
    values.length === 0 ? [] : [{ name, type, ttlSeconds: 0, values }];
  return [
    ...addresses(name, 'A', v4),
    ...addresses(name, 'AAAA', v6),
    ...plain('CNAME', aliases),
    ...plain(
      'TXT',
      texts.map((parts) => parts.join('')),
    ),
  ];
};

const markOf = (records: readonly DnsRecord[], owner: string): string | undefined =>
  records
    .filter(({ type }) => type === 'TXT')
    .flatMap(({ values }) => values)
    .find((value) => ownerOf([{ name: '', type: 'TXT', ttlSeconds: 0, values: [value] }]) === owner);

/** A zone on a name server that takes updates signed with a shared key, such as BIND. Answers are asked of that very server. */
export const rfc2136Zone = (options: Rfc2136Options): DnsZone => {
  const { host, port, zone, keyFile } = options;
  const resolver = new Resolver({ timeout: 2000, tries: 3 });
  resolver.setServers([`${host}:${port}`]);
  const problem = (what: string, said: string): DnsError => {
    const fault = faultOf(said);
    return new DnsError(`${host} did not ${what}: ${said.trim().split('\n').at(-1) ?? ''}; ${NEXT[fault]}`, fault);
  };
  const records: DnsZone['records'] = (name) =>
    ask(resolver, name).catch((error: Error) => {
      throw new DnsError(`${host} did not answer what ${name} is: ${error.message}; ${NEXT.unreachable}`, 'unreachable', error);
    });
  const marks = async (names: readonly string[], owner: string): Promise<Map<string, string>> => {
    const found = await Promise.all(names.map(async (name) => [name, markOf(await records(name), owner)] as const));
    return new Map(found.flatMap(([name, mark]) => (mark === undefined ? [] : [[name, mark] as const])));
  };
  return {
    domain: zone,
    records,
    change: async (change) => {
      const names = [...new Set([...change.upsert, ...change.remove].map(({ name }) => name))];
      const { expectedOwner, signal } = change;
      const known = expectedOwner === undefined ? new Map<string, string>() : await marks(names, expectedOwner);
      const unowned = names.find((name) => expectedOwner !== undefined && !known.has(name));
      if (unowned !== undefined)
        throw new DnsError(`${unowned} is not marked as ${expectedOwner}'s; ${NEXT['owned-by-other']}`, 'owned-by-other');
      const { code, said } = await nsupdate(
        keyFile,
        updateScript({ host, port, zone }, change, (name) => known.get(name)),
        signal,
      );
      if (code !== 0) throw problem(`change ${names.join(', ')}`, said);
    },
  };
};
