import { get } from 'node:https';
import { text } from 'node:stream/consumers';
import { checkServerIdentity } from 'node:tls';
import { createAuthority, issueCertificate, silentLog } from '@godwit/controller';
import { afterAll, expect, test } from 'vitest';
import { startIgnitionServer } from './server.ts';
import { everyAddress } from './start.ts';

const HOST = 'ignition-sample.hc.test';
const authority = await createAuthority('root-ca', 1);
const server = await startIgnitionServer('127.0.0.1', 0, async ({ token }) => (token === 'abc' ? '{"ignition":{}}' : undefined), silentLog);
afterAll(() => server.close());
server.certificates.set(HOST, await issueCertificate(authority, { commonName: HOST, hosts: [HOST], usage: 'server', days: 1 }));

const ask = (host: string, headers: Record<string, string>, path = '/ignition') =>
  new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const options = { host: '127.0.0.1', port: server.port, servername: host, ca: authority.certificate, path, headers, agent: false };
    get({ ...options, checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate) }, async (response) => {
      resolve({ status: response.statusCode, body: await text(response) });
    }).once('error', reject);
  });
const headers = (token: string) => ({
  authorization: `Bearer ${Buffer.from(token).toString('base64')}`,
  nodepool: 'clusters/workers',
  targetconfigversionhash: 'bb196408',
});

test('a machine with the right token gets its configuration over verified TLS', async () => {
  expect(await ask(HOST, headers('abc'))).toEqual({ status: 200, body: '{"ignition":{}}' });
});

test.each([
  ['an unknown token', headers('abd'), '/ignition', 511],
  ['no headers', {}, '/ignition', 400],
  ['another path', headers('abc'), '/config', 404],
  ['a health check', {}, '/healthz', 200],
])('%s is answered with its status', async (_title, shown, path, status) => {
  expect((await ask(HOST, shown as Record<string, string>, path)).status).toBe(status);
});

test('a name that nobody serves is refused before anything is said', async () => {
  await expect(ask('ignition-other.hc.test', headers('abc'))).rejects.toThrow();
});

test.each([
  ['10.0.0.1', '0.0.0.0'],
  ['fd00::1', '::'],
])('machines that are led to %s arrive, since the server listens on %s', (address, listened) => {
  expect(everyAddress(address)).toBe(listened);
});
