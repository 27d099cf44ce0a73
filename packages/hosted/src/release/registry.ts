import { getCACertificates } from 'node:tls';
import { Agent, type Dispatcher, request } from 'undici';
import { type Challenge, parseChallenge } from './challenge.ts';
import type { ImageName } from './image-name.ts';
import { connectionProblem, Refused, statusProblem } from './problem.ts';
import type { Credentials } from './pull-secret.ts';

/** Where and as whom one repository is read. `address` is HOST:PORT, which may differ from the registry's name. */
export type RegistryAccess = {
  image: ImageName;
  address: string;
  credentials: Credentials | undefined;
  agent: Dispatcher;
  signal: AbortSignal | undefined;
};

/** Reads from one repository; a path is `manifests/REFERENCE` or `blobs/DIGEST`. Throws `Refused`. */
export type Repository = { get(path: string, accept?: string): Promise<Dispatcher.ResponseData> };

const SECONDS = 1000;
const MOST_REDIRECTIONS = 5;

/** Connections to registries whose certificates come from the system's authorities, or from those of a PEM bundle. */
export const agentTrusting = (trust: string | undefined): Agent =>
  new Agent({
    headersTimeout: 30 * SECONDS,
    bodyTimeout: 60 * SECONDS,
    connect: { timeout: 10 * SECONDS, ...(trust === undefined ? {} : { ca: [...getCACertificates('default'), trust] }) },
  });

const basic = ({ username, password }: Credentials): string => `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

const hostOf = (url: URL): string => url.host;

const send = async (url: URL, headers: Record<string, string>, { agent, signal }: RegistryAccess): Promise<Dispatcher.ResponseData> => {
  try {
    return await request(url, { headers, dispatcher: agent, ...(signal ? { signal } : {}) });
  } catch (error) {
    signal?.throwIfAborted();
    throw new Refused(connectionProblem(hostOf(url), error));
  }
};

/** A storage service behind a registry gets no credentials: its URLs are signed. */
const follow = async (
  url: URL,
  response: Dispatcher.ResponseData,
  access: RegistryAccess,
  left = MOST_REDIRECTIONS,
): Promise<Dispatcher.ResponseData> => {
  const { location } = response.headers;
  if (response.statusCode < 300 || response.statusCode >= 400 || typeof location !== 'string' || left === 0) return response;
  await response.body.dump();
  const next = new URL(location, url);
  return follow(next, await send(next, {}, access), access, left - 1);
};

const fetchToken = async ({ realm, parameters }: Challenge & { scheme: 'bearer' }, access: RegistryAccess): Promise<string> => {
  const url = new URL(realm);
  for (const [key, value] of Object.entries(parameters)) if (key !== 'error') url.searchParams.set(key, value);
  const headers: Record<string, string> = access.credentials ? { authorization: basic(access.credentials) } : {};
  const response = await send(url, headers, access);
  if (response.statusCode !== 200) {
    await response.body.dump();
    throw new Refused(statusProblem(hostOf(url), response.statusCode, access.credentials !== undefined));
  }
  const { token, access_token } = (await response.body.json()) as { token?: string; access_token?: string };
  return `Bearer ${token ?? access_token ?? ''}`;
};

const authorizationFor = async (header: string | string[] | undefined, access: RegistryAccess): Promise<string | undefined> => {
  const challenge = parseChallenge(String(header ?? ''));
  if (challenge?.scheme === 'bearer') return fetchToken(challenge, access);
  return challenge && access.credentials && basic(access.credentials);
};

/** Opens a repository; credentials travel only when the registry asks for them. */
export const openRepository = (access: RegistryAccess): Repository => {
  let authorization: string | undefined;
  const attempt = (url: URL, accept: string): Promise<Dispatcher.ResponseData> =>
    send(url, { accept, ...(authorization ? { authorization } : {}) }, access);
  const get = async (path: string, accept = '*/*'): Promise<Dispatcher.ResponseData> => {
    const url = new URL(`https://${access.address}/v2/${access.image.repository}/${path}`);
    let response = await attempt(url, accept);
    if (response.statusCode === 401 && authorization === undefined) {
      await response.body.dump();
      authorization = await authorizationFor(response.headers['www-authenticate'], access);
      if (authorization !== undefined) response = await attempt(url, accept);
    }
    response = await follow(url, response, access);
    if (response.statusCode === 200) return response;
    await response.body.dump();
    throw new Refused(statusProblem(hostOf(url), response.statusCode, access.credentials !== undefined));
  };
  return { get };
};
