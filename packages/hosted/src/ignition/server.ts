import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { Log } from '@godwit/controller';
import { type Claim, claimOf } from './payload.ts';

/** Who a server name stands for: the certificate that machines expect there. */
export type Certificates = {
  /** Serves this host name with this certificate from now on. */
  set(host: string, pair: { certificate: string; key: string }): void;
  remove(host: string): void;
};

/** A running Ignition server. */
export type IgnitionServer = { readonly port: number; readonly certificates: Certificates; close(): Promise<void> };

/** What answers a claim: the payload as JSON; undefined when nothing proves it. */
export type Answer = (claim: Claim) => Promise<string | undefined>;

/** What upstream's server says to a token that it does not know: the machine must wait, or start anew. */
const UNKNOWN_TOKEN = 511;

const listener =
  (answer: Answer, log: Log): RequestListener =>
  async (request, response) => {
    const end = (status: number, body: string) => response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    if (request.method === 'GET' && request.url === '/healthz') return void end(200, '{}');
    if (request.method !== 'GET' || request.url !== '/ignition') return void end(404, '{"error":"ask for /ignition"}');
    const claim = claimOf(request.headers);
    if (claim === undefined) return void end(400, '{"error":"Authorization, NodePool and TargetConfigVersionHash are needed"}');
    try {
      const payload = await answer(claim);
      log.info({ pool: claim.pool, target: claim.target, answered: payload !== undefined }, 'a machine asked for its configuration');
      end(payload === undefined ? UNKNOWN_TOKEN : 200, payload ?? '{"error":"unknown token"}');
    } catch (error) {
      log.error({ pool: claim.pool, target: claim.target, error }, 'a machine got no configuration');
      end(500, '{"error":"the configuration could not be made; see the operator’s log"}');
    }
  };

/**
 * Serves Ignition payloads over TLS, one certificate per host name; a name without one is refused in the handshake.
 * `port` 0 takes a free one.
 */
export const startIgnitionServer = async (address: string, port: number, answer: Answer, log: Log): Promise<IgnitionServer> => {
  const contexts = new Map<string, SecureContext>();
  const server = createServer(
    {
      minVersion: 'TLSv1.2',
      SNICallback: (host, done) => done(contexts.has(host) ? null : new Error(`nothing is served as ${host}`), contexts.get(host)),
    },
    listener(answer, log),
  );
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, address, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    certificates: {
      set: (host, { certificate, key }) => void contexts.set(host, createSecureContext({ cert: certificate, key })),
      remove: (host) => void contexts.delete(host),
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
