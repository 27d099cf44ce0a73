import { lookup as lookUpByHost } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import type { Fetch } from './contents.ts';

const MOST_BYTES = 64 * 1024 * 1024;
const PATIENCE_MILLISECONDS = 20_000;

/** Asks the machine's name server first and falls back to what the host knows. */
const lookupWith = (nameServer: string): LookupFunction => {
  const resolver = new Resolver({ timeout: 1000, tries: 1 });
  resolver.setServers([nameServer]);
  return (hostname, options, callback) => {
    resolver.resolve4(hostname).then(
      (addresses) => {
        if (options.all)
          callback(
            null,
            addresses.map((address) => ({ address, family: 4 })),
          );
        else callback(null, addresses[0] ?? '', 4);
      },
      () => lookUpByHost(hostname, options, callback),
    );
  };
};

const refuseStatus = (incoming: IncomingMessage, host: string): never => {
  incoming.resume();
  throw new Error(`${host} answered with status ${incoming.statusCode}`);
};

/** Reads an answer to its end; fails at a status that is not 200 and at a body without end. */
const bodyOf = async (incoming: IncomingMessage, host: string): Promise<Buffer> => {
  if (incoming.statusCode !== 200) refuseStatus(incoming, host);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error(`${host} sends more than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const HEADERS = { accept: 'application/vnd.coreos.ignition+json;version=3.2.0, */*;q=0.1', 'user-agent': 'Ignition/2 (godwit)' };

const answerTo = (url: URL, options: RequestOptions, host: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const outgoing = request(url, { timeout: PATIENCE_MILLISECONDS, agent: false, ...options }, resolve);
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${PATIENCE_MILLISECONDS / 1000} s`)));
    outgoing.on('error', (error) => reject(new Error(`${host} cannot be read: ${error.message}`, { cause: error })));
    outgoing.end();
  });

/** Fetches as a machine does at its first boot: verified TLS, names by the machine's name server, no redirects, at most 64 MiB. */
export const fetchBy =
  (nameServer: string): Fetch =>
  async (url, headers, authorities) => {
    const host = `${url.origin}${url.pathname}`;
    const named = isIP(url.hostname) ? {} : { lookup: lookupWith(nameServer) };
    const options = { headers: { ...HEADERS, ...headers }, ca: [...rootCertificates, ...authorities], ...named };
    return bodyOf(await answerTo(url, options, host), host);
  };
