import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { Access, Impersonation } from './access.ts';
import { type Tally, tally } from './counts.ts';
import { credentialsOf, impersonationHeaders } from './credentials/credentials.ts';
import type { Identity } from './credentials/identity.ts';
import { ConnectionError } from './errors.ts';
import { connectionFault } from './faults.ts';
import { type Answer, refusal, retryAfterOf } from './refusal.ts';
import { type Lane, openLane } from './transport.ts';

/** One request; `verb` and `resource` are what it is counted as. */
export type Ask = {
  verb: string;
  resource: string;
  method: string;
  path: string;
  query?: Readonly<Record<string, string | undefined>> | undefined;
  body?: string | undefined;
  contentType?: string | undefined;
  accept?: string | undefined;
  signal?: AbortSignal | undefined;
};

/** How a connection behaves; defaults: user agent `godwit`, 30 s, nobody impersonated. */
export type ConnectOptions = {
  userAgent?: string | undefined;
  requestTimeoutSeconds?: number | undefined;
  impersonate?: Impersonation | undefined;
};

/** The way to one API server: whole answers, open ones, and what a WebSocket needs. */
export type Sender = {
  readonly server: string;
  /** Answers whole, also refusals; throttled and unauthorized requests are tried again. */
  send(ask: Ask): Promise<Answer>;
  /** Answers while the body still comes; throws ApiError on a refusal. Zero `silenceSeconds`: never times out. */
  open(ask: Ask, silenceSeconds?: number): Promise<Dispatcher.ResponseData>;
  /** Switches a connection over to WebSocket. */
  upgrade(ask: Ask, headers: Readonly<Record<string, string>>): Promise<Dispatcher.UpgradeData>;
  counts: Tally['list'];
  close(): Promise<void>;
};

const THROTTLED_ATTEMPTS = 6;
const LONGEST_WAIT_SECONDS = 30;

const pathWithQuery = (base: string, { path, query }: Ask): string => {
  const given = Object.entries(query ?? {}).filter((pair): pair is [string, string] => pair[1] !== undefined);
  if (given.length === 0) return base + path;
  return `${base}${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(given)}`;
};

/** Names a request in messages. */
export const nameOf = (server: string, { method, path }: Pick<Ask, 'method' | 'path'>): string => `${method} ${server}${path}`;

type Connections = { of(lane: Lane, identity: Identity): Dispatcher; close(): Promise<void> };

/** Connections are bound to the client certificate they were opened with; a new certificate opens new ones. */
const connectionsTo = (access: Access, requestTimeoutSeconds: number): Connections => {
  const open = new Map<Lane, { cert: string | undefined; dispatcher: Dispatcher }>();
  const retiring = new Set<Promise<void>>();
  const retire = (dispatcher: Dispatcher) => {
    const done = dispatcher.close().catch(() => undefined);
    retiring.add(done);
    void done.finally(() => retiring.delete(done));
  };
  return {
    of: (lane, { certificate }) => {
      const current = open.get(lane);
      if (current?.cert === certificate?.cert && current) return current.dispatcher;
      if (current) retire(current.dispatcher);
      const dispatcher = openLane(access, lane, certificate, requestTimeoutSeconds);
      open.set(lane, { cert: certificate?.cert, dispatcher });
      return dispatcher;
    },
    close: async () => {
      await Promise.all([...open.values()].map(({ dispatcher }) => dispatcher.destroy()));
      open.clear();
    },
  };
};

/** Opens the way to one API server. */
export const senderTo = (access: Access, options: ConnectOptions = {}): Sender => {
  const { origin, pathname } = new URL(access.server);
  const base = pathname.replace(/\/+$/, '');
  const credentials = credentialsOf(access);
  const connections = connectionsTo(access, options.requestTimeoutSeconds ?? 30);
  const requests = tally();
  const fixed = { 'user-agent': options.userAgent ?? 'godwit', ...impersonationHeaders(options.impersonate ?? access.impersonate) };

  const once = async (lane: Lane, ask: Ask, extra: object = {}): Promise<Dispatcher.ResponseData> => {
    const identity = await credentials.identity();
    requests.add(ask.verb, ask.resource);
    const body = ask.body === undefined ? {} : { 'content-type': ask.contentType ?? 'application/json' };
    return connections.of(lane, identity).request({
      origin,
      method: ask.method as Dispatcher.HttpMethod,
      path: pathWithQuery(base, ask),
      headers: { ...fixed, accept: ask.accept ?? 'application/json', ...body, ...identity.headers },
      body: ask.body ?? null,
      signal: ask.signal ?? null,
      ...extra,
    });
  };

  const explained = async <T>(ask: Ask, act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      ask.signal?.throwIfAborted();
      throw error instanceof ConnectionError ? error : connectionFault(access.server, error);
    }
  };

  const whole = (ask: Ask): Promise<Answer> =>
    explained(ask, async () => {
      const { statusCode, headers, body } = await once('requests', ask);
      return { status: statusCode, headers, text: await body.text() };
    });

  /** A connection that was closed while idle is noticed only at the next request; reading again is harmless. */
  const reliably = async (ask: Ask): Promise<Answer> => {
    try {
      return await whole(ask);
    } catch (error) {
      if (ask.method === 'GET' && error instanceof ConnectionError && error.fault === 'reset') return whole(ask);
      throw error;
    }
  };

  return {
    server: access.server,
    send: async (ask) => {
      let answer = await reliably(ask);
      if (answer.status === 401) {
        credentials.renew();
        answer = await reliably(ask);
      }
      for (let attempt = 1; answer.status === 429 && attempt < THROTTLED_ATTEMPTS; attempt += 1) {
        const seconds = Math.min(retryAfterOf(answer.headers) ?? 2 ** (attempt - 1), LONGEST_WAIT_SECONDS);
        await sleep(seconds * 1000, undefined, ask.signal ? { signal: ask.signal } : {});
        answer = await reliably(ask);
      }
      return answer;
    },
    open: async (ask, silenceSeconds) => {
      const extra = silenceSeconds === undefined ? {} : { headersTimeout: silenceSeconds * 1000, bodyTimeout: silenceSeconds * 1000 };
      const begin = () => explained(ask, () => once('streams', ask, extra));
      let response = await begin();
      if (response.statusCode === 401) {
        await response.body.dump();
        credentials.renew();
        response = await begin();
      }
      if (response.statusCode < 300) return response;
      const text = await explained(ask, () => response.body.text());
      throw refusal({ status: response.statusCode, headers: response.headers, text }, nameOf(access.server, ask));
    },
    upgrade: (ask, headers) =>
      explained(ask, async () => {
        const identity = await credentials.identity();
        requests.add(ask.verb, ask.resource);
        return connections.of('streams', identity).upgrade({
          ...({ origin } as object),
          path: pathWithQuery(base, ask),
          protocol: 'websocket',
          headers: { ...fixed, ...headers, ...identity.headers },
          signal: ask.signal ?? null,
        });
      }),
    counts: requests.list,
    close: connections.close,
  };
};
