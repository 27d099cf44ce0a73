import type { Socket } from 'node:net';
import { buildConnector, type Dispatcher, Pool, ProxyAgent } from 'undici';
import type { Access } from './access.ts';
import type { Identity } from './credentials/identity.ts';

/**
 * Requests share a few HTTP/2 connections. Streams (watches, logs, WebSockets) have an HTTP/1.1 connection each: when a
 * server retires a shared connection (GOAWAY), undici holds new requests back until all that run on it have ended, and
 * watches do not end.
 */
export type Lane = 'requests' | 'streams';

const PING_SECONDS = 15;
/** A connection on which even pings stay unanswered this long is dead, though no packet says so. */
const SILENCE_SECONDS = 45;
/** A watch is closed by the server after 290 s; a body silent for longer is a stalled one. */
const WATCH_SILENCE_SECONDS = 310;

/**
 * Eight connections: over HTTP/2 one would do (100 streams each), behind a proxy that speaks only HTTP/1.1 they are
 * what limits throughput.
 */
const laneOptions = (lane: Lane, requestTimeoutSeconds: number): Pool.Options => {
  const patience = requestTimeoutSeconds * 1000;
  const h2Options = { pingInterval: PING_SECONDS * 1000, maxConcurrentStreams: 200 };
  return lane === 'requests'
    ? { keepAliveTimeout: 60_000, connections: 8, headersTimeout: patience, bodyTimeout: patience, h2Options }
    : { allowH2: false, connections: null, headersTimeout: patience, bodyTimeout: WATCH_SILENCE_SECONDS * 1000 };
};

/** Undici sends HTTP/2 pings but does not mind unanswered ones: bytes that arrive are the sign of life. */
const guardAgainstSilence = (socket: Socket & { alpnProtocol?: string | false | null }): void => {
  if (socket.alpnProtocol !== 'h2') return;
  let heard = socket.bytesRead;
  const timer = setInterval(() => {
    if (socket.bytesRead === heard) socket.destroy(new Error(`no answer to pings for ${SILENCE_SECONDS} s`));
    heard = socket.bytesRead;
  }, SILENCE_SECONDS * 1000).unref();
  socket.once('close', () => clearInterval(timer));
};

const guarded =
  (connect: buildConnector.connector): buildConnector.connector =>
  (options, callback) =>
    connect(options, (...result) => {
      if (result[1]) guardAgainstSilence(result[1]);
      callback(...result);
    });

const tlsOptions = (access: Access, certificate: Identity['certificate'], allowH2: boolean) => ({
  allowH2,
  preferH2: true,
  timeout: 10_000,
  keepAlive: true,
  keepAliveInitialDelay: PING_SECONDS * 1000,
  rejectUnauthorized: access.insecure !== true,
  ...(access.ca ? { ca: access.ca } : {}),
  ...(access.serverName ? { servername: access.serverName } : {}),
  ...(certificate ?? {}),
});

/** Opens connections to one API server for one lane; closes none until asked. */
export const openLane = (access: Access, lane: Lane, certificate: Identity['certificate'], requestTimeoutSeconds: number): Dispatcher => {
  const options = laneOptions(lane, requestTimeoutSeconds);
  const tls = tlsOptions(access, certificate, lane === 'requests');
  if (!access.proxy) return new Pool(new URL(access.server).origin, { ...options, connect: guarded(buildConnector(tls)) });
  // The proxy's own certificate is checked against the system's authorities, not against the cluster's.
  return new ProxyAgent({ ...options, uri: access.proxy, proxyTunnel: true, requestTls: tls } as ProxyAgent.Options);
};
