import { lookup as lookUpByHost } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { request } from 'node:https';
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

/** Fetches as a machine does at its first boot: verified TLS, names by the machine's name server, no redirects, at most 64 MiB. */
export const fetchBy =
  (nameServer: string): Fetch =>
  (url, headers, authorities) =>
    new Promise((resolve, reject) => {
      const host = `${url.origin}${url.pathname}`;
      const outgoing = request(
        url,
        {
          headers: {
            accept: 'application/vnd.coreos.ignition+json;version=3.2.0, */*;q=0.1',
            'user-agent': 'Ignition/2.x godwit',
            ...headers,
          },
          ca: [...rootCertificates, ...authorities],
          timeout: PATIENCE_MILLISECONDS,
          agent: false,
          ...(isIP(url.hostname) ? {} : { lookup: lookupWith(nameServer) }),
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          let size = 0;
          incoming.on('error', reject);
          if (incoming.statusCode !== 200) {
            incoming.resume();
            reject(new Error(`${host} answered with status ${incoming.statusCode}`));
            return;
          }
          incoming.on('data', (chunk: Buffer) => {
            size += chunk.length;
            if (size > MOST_BYTES) incoming.destroy(new Error(`${host} sends more than ${MOST_BYTES} bytes`));
            else chunks.push(chunk);
          });
          incoming.on('end', () => resolve(Buffer.concat(chunks)));
        },
      );
      outgoing.on('timeout', () => outgoing.destroy(new Error(`${host} did not answer within ${PATIENCE_MILLISECONDS / 1000} s`)));
      outgoing.on('error', (error) => reject(new Error(`${host} cannot be read: ${error.message}`, { cause: error })));
      outgoing.end();
    });
