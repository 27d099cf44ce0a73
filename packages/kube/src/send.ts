import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { Access, Impersonation } from './access.ts';
import { connectionsTo } from './connections.ts';
import { type Tally, tally } from './counts.ts';
import { credentialsOf, impersonationHeaders } from './credentials/credentials.ts';
import type { Credentials } from './credentials/identity.ts';
import { ConnectionError } from './errors.ts';
import { connectionFault } from './faults.ts';
import { type Answer, refusal, retryAfterOf } from './refusal.ts';
import type { Lane } from './transport.ts';

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

/** Throws what happened in words: the caller's own abort, or a fault of the connection. */
const explained = async <T>(server: string, signal: AbortSignal | undefined, act: () => Promise<T>): Promise<T> => {
  try {
    return await act();
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof ConnectionError ? error : connectionFault(server, error);
  }
};

/** Single exchanges with the server: nothing is tried again here. */
const exchangesWith = (access: Access, options: ConnectOptions, credentials: Credentials) => {
  const { origin, pathname } = new URL(access.server);
  const base = pathname.replace(/\/+$/, '');
  const connections = connectionsTo(access, options.requestTimeoutSeconds ?? 30);
  const requests = tally();
  const fixed = { 'user-agent': options.userAgent ?? 'godwit', ...impersonationHeaders(options.impersonate ?? access.impersonate) };
  const prepared = async (lane: Lane, ask: Ask, headers: object) => {
    const identity = await credentials.identity();
    requests.add(ask.verb, ask.resource);
    const shared = { origin, path: pathWithQuery(base, ask), signal: ask.signal ?? null };
    return { dispatcher: connections.of(lane, identity), options: { ...shared, headers: { ...fixed, ...headers, ...identity.headers } } };
  };
  return {
    once: async (lane: Lane, ask: Ask, extra: object = {}): Promise<Dispatcher.ResponseData> => {
      const content = ask.body === undefined ? {} : { 'content-type': ask.contentType ?? 'application/json' };
      const ready = await prepared(lane, ask, { accept: ask.accept ?? 'application/json', ...content });
      return ready.dispatcher.request({ ...ready.options, method: ask.method as Dispatcher.HttpMethod, body: ask.body ?? null, ...extra });
    },
    upgrade: async (ask: Ask, headers: Readonly<Record<string, string>>): Promise<Dispatcher.UpgradeData> => {
      const ready = await prepared('streams', ask, headers);
      return ready.dispatcher.upgrade({ ...ready.options, protocol: 'websocket' });
    },
    counts: requests.list,
    close: connections.close,
  };
};

/** A connection that was closed while idle is noticed only at the next request; reading again is harmless. */
const readAgain = async (ask: Ask, send: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await send();
  } catch (error) {
    if (ask.method === 'GET' && error instanceof ConnectionError && error.fault === 'reset') return send();
    throw error;
  }
};

/** Waits as the server asks and sends again, a bounded number of times. */
const patiently = async (ask: Ask, first: Answer, send: () => Promise<Answer>): Promise<Answer> => {
  let answer = first;
  for (let attempt = 1; answer.status === 429 && attempt < THROTTLED_ATTEMPTS; attempt += 1) {
    const seconds = Math.min(retryAfterOf(answer.headers) ?? 2 ** (attempt - 1), LONGEST_WAIT_SECONDS);
    await sleep(seconds * 1000, undefined, ask.signal ? { signal: ask.signal } : {});
    answer = await send();
  }
  return answer;
};

/** Opens the way to one API server. */
export const senderTo = (access: Access, options: ConnectOptions = {}): Sender => {
  const credentials = credentialsOf(access);
  const exchanges = exchangesWith(access, options, credentials);
  const whole = (ask: Ask): Promise<Answer> =>
    explained(access.server, ask.signal, async () => {
      const { statusCode, headers, body } = await exchanges.once('requests', ask);
      return { status: statusCode, headers, text: await body.text() };
    });
  return {
    server: access.server,
    send: async (ask) => {
      const send = () => readAgain(ask, () => whole(ask));
      let answer = await send();
      if (answer.status === 401) {
        credentials.renew();
        answer = await send();
      }
      return patiently(ask, answer, send);
    },
    open: async (ask, silenceSeconds) => {
      const extra = silenceSeconds === undefined ? {} : { headersTimeout: silenceSeconds * 1000, bodyTimeout: silenceSeconds * 1000 };
      const begin = () => explained(access.server, ask.signal, () => exchanges.once('streams', ask, extra));
      let response = await begin();
      if (response.statusCode === 401) {
        await response.body.dump();
        credentials.renew();
        response = await begin();
      }
      if (response.statusCode < 300) return response;
      const text = await explained(access.server, ask.signal, () => response.body.text());
      throw refusal({ status: response.statusCode, headers: response.headers, text }, nameOf(access.server, ask));
    },
    upgrade: (ask, headers) => explained(access.server, ask.signal, () => exchanges.upgrade(ask, headers)),
    counts: exchanges.counts,
    close: exchanges.close,
  };
};
