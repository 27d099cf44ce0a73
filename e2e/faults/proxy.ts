import { readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createAuthority, issueCertificate } from '@godwit/controller';
import { parse, stringify } from 'yaml';

/** A write of a run's status, as it went through: the phases that it records. */
type RecordedWrite = { run: string; phases: string[] };

/** A proxy between the operator and the API server of its host, which can strike exactly when a write has been stored. */
export type FaultProxy = {
  /** A kubeconfig whose only context leads through the proxy. */
  kubeconfig: string;
  /** Called after the API server has stored a write of a run's status and before the operator hears of it. */
  onWrite(listener: ((write: RecordedWrite) => Promise<void> | void) | undefined): void;
  close(): void;
};

type Kubeconfig = {
  clusters: { name: string; cluster: { server: string; 'certificate-authority-data': string } }[];
  users: { name: string; user: { 'client-certificate-data': string; 'client-key-data': string } }[];
  contexts: { name: string; context: { cluster: string; user: string } }[];
  'current-context'?: string;
};

const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString();

const upstreamOf = (path: string, context: string) => {
  const config = parse(readFileSync(path, 'utf8')) as Kubeconfig;
  const found = config.contexts.find(({ name }) => name === context)?.context;
  const cluster = config.clusters.find(({ name }) => name === found?.cluster)?.cluster;
  const user = config.users.find(({ name }) => name === found?.user)?.user;
  if (cluster === undefined || user === undefined) throw new Error(`${path} has no context ${context} with a client certificate`);
  const agent = new Agent({
    ca: decoded(cluster['certificate-authority-data']),
    cert: decoded(user['client-certificate-data']),
    key: decoded(user['client-key-data']),
    keepAlive: true,
  });
  return { server: new URL(cluster.server), agent };
};

const recordedIn = (plural: string, path: string, body: Buffer): RecordedWrite | undefined => {
  const run = new RegExp(`/${plural}/([^/?]+)/status`).exec(path)?.[1];
  if (run === undefined) return undefined;
  const { status } = JSON.parse(body.toString()) as { status?: { phases?: { name: string }[] } };
  return { run, phases: (status?.phases ?? []).map(({ name }) => name) };
};

/** Leads an upgraded connection (exec, port-forward) through, byte by byte. */
const tunnel = (agent: Agent, upstream: URL, { method, url: path, headers }: IncomingMessage, client: Duplex, head: Buffer): void => {
  const forwarded = request({
    // An agent would keep the connection for others.
    ...agent.options,
    agent: false,
    host: upstream.hostname,
    port: upstream.port,
    method,
    path,
    headers: { ...headers, host: upstream.host },
  });
  const end = () => client.destroy();
  client.on('error', () => forwarded.destroy());
  forwarded.on('error', end);
  forwarded.on('response', end); // refused: the caller asks again
  forwarded.on('upgrade', (reply, server, first) => {
    const lines = Object.entries(reply.headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
    client.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`);
    client.write(first);
    server.write(head);
    server.on('error', end);
    server.on('close', end);
    client.on('close', () => server.destroy());
    server.pipe(client).pipe(server);
  });
  forwarded.end();
};

/** Starts the proxy in front of one context of a kubeconfig and writes a kubeconfig that leads through it; `plural` names the kind of runs. */
export const startProxy = async (
  kubeconfigPath: string,
  context: string,
  folder: string,
  plural = 'migmigrations',
): Promise<FaultProxy> => {
  const { server: upstream, agent } = upstreamOf(kubeconfigPath, context);
  const authority = await createAuthority('fault proxy', 2);
  const { certificate, key } = await issueCertificate(authority, {
    commonName: '127.0.0.1', // not the authority's name: a certificate of the same name would pass for self-signed
    hosts: ['127.0.0.1'],
    usage: 'server',
    days: 2,
  });
  let listener: ((write: RecordedWrite) => Promise<void> | void) | undefined;

  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { method, url: path = '/', headers } = incoming;
    const forwarded = request({
      agent,
      host: upstream.hostname,
      port: upstream.port,
      method,
      path,
      headers: { ...headers, host: upstream.host },
    });
    response.on('close', () => forwarded.destroy()); // a watch that nobody reads any more
    forwarded.on('error', () => response.destroy());
    forwarded.on('response', async (reply) => {
      const write = method === 'PATCH' && reply.statusCode === 200 ? recordedIn(plural, path, body) : undefined;
      if (write !== undefined) await listener?.(write);
      if (response.destroyed) return void reply.destroy();
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      response.flushHeaders(); // a watch of nothing has headers and no body for a long time
      reply.pipe(response);
    });
    forwarded.end(body);
  };

  const proxy = createServer({ cert: certificate, key }, (incoming, response) => {
    answer(incoming, response).catch(() => response.destroy());
  });
  proxy.on('upgrade', (incoming: IncomingMessage, client: Duplex, head: Buffer) => tunnel(agent, upstream, incoming, client, head));
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const port = (proxy.address() as AddressInfo).port;
  const kubeconfig = `${folder}/through-proxy.kubeconfig`;
  const entry = {
    server: `https://127.0.0.1:${port}`,
    'certificate-authority-data': Buffer.from(authority.certificate).toString('base64'),
  };
  const written = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: context, cluster: entry }],
    users: [{ name: context, user: {} }],
    contexts: [{ name: context, context: { cluster: context, user: context } }],
    'current-context': context,
  };
  writeFileSync(kubeconfig, stringify(written), { mode: 0o600 });
  return {
    kubeconfig,
    onWrite: (next) => {
      listener = next;
    },
    close: () => {
      proxy.closeAllConnections();
      proxy.close();
      agent.destroy();
    },
  };
};
