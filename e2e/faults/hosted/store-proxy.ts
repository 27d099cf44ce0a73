import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Transform } from 'node:stream';
import { createAuthority, issueCertificate } from '@godwit/controller';
import type { HostedSet } from '../../support/hosted/hosted-set.ts';

/** What may come instead of what the store answers. */
export type Answer =
  | { kind: 'page'; status: number; type: string; body: string | Buffer }
  | { kind: 'cut' }
  /** One bit of the body in the middle. */
  | { kind: 'flip' };

/** Which requests for a snapshot are struck: what the pods of etcd send and fetch, or what the operator reads back. */
export type StoreFault = { method: 'GET' | 'PUT'; by: 'pod' | 'operator'; answer: Answer };

/** A proxy before the object store; requests keep their signatures. */
export type StoreProxy = {
  endpoint: string;
  /** PEM by which it is trusted. */
  authority: string;
  /** How often the fault struck since it was set. */
  struck(): number;
  set(fault: StoreFault | undefined): void;
  close(): void;
};

const isStruck = ({ method, by }: StoreFault, incoming: IncomingMessage): boolean => {
  const fromPod = (incoming.headers['user-agent'] ?? '').startsWith('curl/');
  const path = (incoming.url ?? '').split('?')[0] ?? '';
  return incoming.method === method && path.endsWith('/etcd.db') && fromPod === (by === 'pod');
};

/** Turns one bit in the middle of a body of a known length. */
const flipping = (length: number): Transform => {
  const at = Math.floor(length / 2);
  let seen = 0;
  return new Transform({
    transform: (chunk: Buffer, _encoding, next) => {
      if (at >= seen && at < seen + chunk.length) chunk[at - seen] = (chunk[at - seen] ?? 0) ^ 1;
      seen += chunk.length;
      next(null, chunk);
    },
  });
};

/** Ends the connection in the middle of a body of a known length. */
const cutting = (length: number, response: ServerResponse): Transform => {
  let seen = 0;
  return new Transform({
    transform: (chunk: Buffer, _encoding, next) => {
      seen += chunk.length;
      if (seen > length / 2) return void response.destroy();
      next(null, chunk);
    },
  });
};

const forward = (incoming: IncomingMessage, response: ServerResponse, agent: Agent, upstream: URL, answer: Answer | undefined): void => {
  const { method, url: path, headers } = incoming;
  // The signature covers the name of the host: it stays the proxy's.
  const forwarded = request({ agent, host: upstream.hostname, port: upstream.port, method, path, headers });
  response.on('close', () => forwarded.destroy());
  forwarded.on('error', () => response.destroy());
  forwarded.on('response', (reply) => {
    response.writeHead(reply.statusCode ?? 502, reply.headers);
    const length = Number(reply.headers['content-length'] ?? 0);
    if (answer?.kind === 'flip') reply.pipe(flipping(length)).pipe(response);
    else if (answer?.kind === 'cut') reply.pipe(cutting(length, response)).pipe(response);
    else reply.pipe(response);
  });
  incoming.pipe(forwarded);
};

/** Starts the proxy at the address that pods and operators reach the store at. */
export const startStoreProxy = async ({ dns, objectStore }: HostedSet): Promise<StoreProxy> => {
  const authority = await createAuthority('authority of the store proxy', 2);
  const { certificate, key } = await issueCertificate(authority, {
    commonName: 'store proxy',
    hosts: [dns.server],
    usage: 'server',
    days: 2,
  });
  const agent = new Agent({ ca: readFileSync(objectStore.authorityPath), keepAlive: true });
  const upstream = new URL(objectStore.endpoint);
  let fault: StoreFault | undefined;
  let struck = 0;
  const proxy = createServer({ cert: certificate, key }, (incoming, response) => {
    const hit = fault !== undefined && isStruck(fault, incoming) ? fault.answer : undefined;
    if (hit !== undefined) struck += 1;
    if (hit?.kind !== 'page') return forward(incoming, response, agent, upstream, hit);
    incoming.resume().on('end', () => {
      response.writeHead(hit.status, { 'content-type': hit.type, 'content-length': Buffer.byteLength(hit.body) });
      response.end(hit.body);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, dns.server, resolve));
  return {
    endpoint: `https://${dns.server}:${(proxy.address() as AddressInfo).port}`,
    authority: authority.certificate,
    struck: () => struck,
    set: (next) => {
      fault = next;
      struck = 0;
    },
    close: () => {
      proxy.closeAllConnections();
      proxy.close();
      agent.destroy();
    },
  };
};
