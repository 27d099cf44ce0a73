import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Agent, request } from 'node:https';
import { type AddressInfo, connect as dial } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { connect } from './client.ts';
import { accessOf } from './kubeconfig/access-of.ts';
import { loadKubeconfig } from './kubeconfig/load.ts';
import { resource } from './resource.ts';
import { createStore } from './store.ts';
import type { Client, KubeObject } from './types.ts';
import { watch } from './watch/watch.ts';

const ConfigMap = resource('v1', 'ConfigMap', 'configmaps');
const Namespace = resource('v1', 'Namespace', 'namespaces', 'Cluster');
const access = accessOf(loadKubeconfig({ path: inject('kubeconfig') }));
const direct = connect(access);
const namespace = `kube-proxies-${process.pid}`;
/** Milliseconds that an event may take to arrive. */
const PATIENCE = 20_000;
const configMap = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } });

beforeAll(() => direct.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }));
afterAll(async () => {
  await direct.delete(Namespace, { name: namespace });
  await direct.close();
});

const listening = async (server: Server): Promise<string> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** Answers a request itself when it returns true. */
type Interference = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/** An HTTP/1.1 proxy before the real API server, which may interfere and can cut all connections. */
const reverseProxy = async (interfere: Interference = () => false) => {
  const { cert, key } = access.certificate ?? (await fileCertificate());
  const agent = new Agent({ keepAlive: true, ca: access.ca, cert, key });
  const server = createServer((incoming, outgoing) => {
    if (interfere(incoming, outgoing)) return;
    const forward = request(`${access.server}${incoming.url}`, { agent, method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      outgoing.flushHeaders();
      answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
    });
    forward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => forward.destroy());
    incoming.pipe(forward);
  });
  const url = await listening(server);
  const stop = () => {
    server.close();
    server.closeAllConnections();
    agent.destroy();
  };
  return { url, cut: () => server.closeAllConnections(), stop };
};

const fileCertificate = async () => {
  const { cert, key } = access.certificateFiles ?? { cert: '', key: '' };
  return { cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8') };
};

/** Follows the ConfigMaps of the namespace until stopped. */
const follow = (client: Client) => {
  const stop = new AbortController();
  const store = createStore();
  const faults: unknown[] = [];
  const options = { namespace, signal: stop.signal, onFault: (error: unknown) => void faults.push(error) };
  const done = (async () => {
    for await (const event of watch(client, ConfigMap, options)) store.take(event);
  })();
  const stopped = async () => {
    stop.abort();
    await done;
  };
  return { store, faults, stop: stopped };
};

describe('through a proxy that speaks only HTTP/1.1', () => {
  test('a watch goes on where it was when its connection is cut', async () => {
    const proxy = await reverseProxy();
    const client = connect({ server: proxy.url });
    const { store, faults, stop } = follow(client);
    await expect.poll(() => store.settled(), { timeout: PATIENCE }).toBe(true);
    await client.create(ConfigMap, configMap('before'));
    await expect.poll(() => store.get(`${namespace}/before`), { timeout: PATIENCE }).toBeDefined();
    proxy.cut();
    await direct.create(ConfigMap, configMap('after'));
    await expect.poll(() => store.get(`${namespace}/after`), { timeout: PATIENCE }).toBeDefined();
    expect(faults).toEqual([expect.objectContaining({ name: 'ConnectionError', fault: 'reset' })]);
    expect(client.counts().find(({ verb }) => verb === 'list')?.count).toBe(1);
    await stop();
    await client.close();
    proxy.stop();
  });

  test('a throttled request is sent again after the time that the server asks for', async () => {
    let throttled = 0;
    const proxy = await reverseProxy((_incoming, outgoing) => {
      throttled += 1;
      if (throttled > 2) return false;
      outgoing.writeHead(429, { 'retry-after': '0' }).end('slow down');
      return true;
    });
    const client = connect({ server: proxy.url });
    expect((await client.create(ConfigMap, configMap('throttled'))).metadata.uid).toBeDefined();
    expect(client.counts()).toEqual([{ verb: 'create', resource: 'configmaps', count: 3 }]);
    await client.close();
    proxy.stop();
  });

  test('a list whose pages expire is begun again', async () => {
    await Promise.all(['p1', 'p2', 'p3'].map((name) => direct.create(ConfigMap, configMap(name))));
    let refused = 0;
    const proxy = await reverseProxy((incoming, outgoing) => {
      if (!incoming.url?.includes('continue=') || refused > 0) return false;
      refused += 1;
      const status = { kind: 'Status', status: 'Failure', reason: 'Expired', code: 410, message: 'the continue parameter is too old' };
      outgoing.writeHead(410, { 'content-type': 'application/json' }).end(JSON.stringify(status));
      return true;
    });
    const client = connect({ server: proxy.url });
    const { items } = await client.list(ConfigMap, { namespace, pageSize: 2 });
    const names = items.map(({ metadata }) => metadata.name);
    expect(names).toEqual(expect.arrayContaining(['p1', 'p2', 'p3']));
    expect([new Set(names).size, refused]).toEqual([names.length, 1]);
    await client.close();
    proxy.stop();
  });

  test('a login page instead of an API server is recognised', async () => {
    const proxy = await reverseProxy((_incoming, outgoing) => {
      outgoing.writeHead(200, { 'content-type': 'text/html' }).end('<html>sign in</html>');
      return true;
    });
    const client = connect({ server: proxy.url });
    await expect(client.list(ConfigMap, { namespace })).rejects.toMatchObject({ reason: 'InvalidAnswer' });
    await client.close();
    proxy.stop();
  });

  test('a server without aggregated discovery is asked group by group', async () => {
    const proxy = await reverseProxy((incoming) => {
      incoming.headers.accept = 'application/json';
      return false;
    });
    const client = connect({ server: proxy.url });
    const bySpelling = (list: { group: string; version: string; plural: string }[]) =>
      list.map(({ group, version, plural }) => `${plural}.${version}.${group}`).sort();
    expect(bySpelling(await client.discover({ fresh: true }))).toEqual(bySpelling(await direct.discover({ fresh: true })));
    await client.close();
    proxy.stop();
  });
});

describe('through the proxy of the kubeconfig', () => {
  test('requests and watches are tunnelled, with the password of the proxy and the certificate of the client', async () => {
    const asked: string[] = [];
    const server = createServer((_incoming, outgoing) => outgoing.writeHead(405).end());
    server.on('connect', (incoming, socket) => {
      asked.push(`${incoming.url} ${incoming.headers['proxy-authorization']}`);
      const { hostname, port } = new URL(`https://${incoming.url}`);
      const upstream = dial(Number(port), hostname, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    const url = (await listening(server)).replace('//', '//ada:pw@');
    const client = connect({ ...access, proxy: url });
    const { store, stop } = follow(client);
    await client.create(ConfigMap, configMap('tunnelled'));
    await expect.poll(() => store.get(`${namespace}/tunnelled`), { timeout: PATIENCE }).toBeDefined();
    expect(new Set(asked)).toEqual(new Set([`${new URL(access.server).host} Basic YWRhOnB3`]));
    await stop();
    await client.close();
    server.close();
  });
});
