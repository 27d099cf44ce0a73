import { connect as openTls } from 'node:tls';
import { ConfigMap } from '@godwit/api';
import type { DnsRecord } from '../dns/zone.ts';
import { planeAt, type Scope } from './scope.ts';

/** Throws where nothing can be asked: a name that nobody looked at is not a name that leads nowhere. */
export const recordsOf = async ({ world: { dns } }: Scope, names: readonly string[]): Promise<Map<string, DnsRecord[]>> => {
  if (dns === undefined)
    throw new Error(
      'this operator writes no DNS any more; start it with --external-dns-provider, --external-dns-credentials and --external-dns-domain-filter',
    );
  return new Map(await Promise.all(names.map(async (name) => [name, await dns.records(name)] as const)));
};

/** The first address that records lead to. */
export const addressIn = (records: readonly DnsRecord[]): string | undefined =>
  records.find(({ type }) => type === 'A' || type === 'AAAA')?.values[0];

/** A server as it is asked: where it is, its name, and PEM of the authority of its certificate. `milliseconds`: how long it may keep silent; default 3000. */
export type Asked = { address: string; port: number; name: string; authority: string; milliseconds?: number };

/** Whether a server shows, for its name, a certificate of the authority; the fault as a sentence otherwise. */
export const handshake = ({ address, port, name, authority, milliseconds = 3000 }: Asked): Promise<string | undefined> =>
  new Promise((resolve) => {
    const socket = openTls({ host: address, port, servername: name, ca: authority, timeout: milliseconds }, () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.once('error', (error) => resolve(error.message));
    socket.once('timeout', () => {
      socket.destroy();
      resolve(`it did not answer within ${milliseconds / 1000} s`);
    });
  });

/** Whether the API of the hosted cluster still answers on the source within some time, asked by its public name as its users ask. */
export const answersOnSource = async (scope: Scope, milliseconds: number): Promise<boolean> => {
  const endpoint = (await planeAt(scope, 'source'))?.status?.controlPlaneEndpoint;
  if (endpoint === undefined) return false;
  const records = (await recordsOf(scope, [endpoint.host])).get(endpoint.host) ?? [];
  const address = addressIn(records);
  if (address === undefined) return false;
  const roots = await scope.source.get(ConfigMap, { namespace: scope.at.source.home, name: 'root-ca' });
  const authority = roots?.data?.['ca.crt'] ?? '';
  return (await handshake({ address, port: endpoint.port, name: endpoint.host, authority, milliseconds })) === undefined;
};
