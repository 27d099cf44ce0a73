import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority, issueCertificate } from '@godwit/controller';
import type { TestRegistry } from './registry.ts';

const BASIC = Buffer.from('prep:open-sesame').toString('base64');

/** A name of its own for a registry, under which it wants a token that it issues to prep:open-sesame, and to nobody for anything else. */
export const startTokenGate = async (registry: TestRegistry): Promise<TestRegistry> => {
  const folder = mkdtempSync(join(tmpdir(), 'godwit-gate-'));
  const authority = await createAuthority('test gate', 1);
  const { certificate, key } = await issueCertificate(authority, { commonName: 'gate', hosts: ['127.0.0.1'], usage: 'server', days: 1 });
  const ca = readFileSync(join(registry.access.certificates ?? '', 'ca.crt'));
  const server = createServer({ cert: certificate, key }, (asked, answer) => {
    const { authorization, host } = asked.headers;
    // as many registries: clients that would rather post their password ask again
    if (asked.method === 'POST') return void answer.writeHead(405).end();
    if (asked.url?.startsWith('/token'))
      return void answer.end(JSON.stringify({ token: authorization === `Basic ${BASIC}` ? 'granted' : 'anonymous' }));
    if (authorization !== 'Bearer granted') {
      const challenge = `Bearer realm="https://${host}/token",service="gate",scope="repository:lab/secret:pull"`;
      return void answer.writeHead(401, { 'www-authenticate': challenge }).end();
    }
    const { method } = asked;
    const onwards = request(`https://${registry.host}${asked.url}`, { method, ca, headers: { ...asked.headers, host: registry.host } });
    onwards.on('response', (found) => found.pipe(answer.writeHead(found.statusCode ?? 502, found.headers)));
    asked.pipe(onwards);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeFileSync(join(folder, 'ca.crt'), authority.certificate);
  writeFileSync(join(folder, 'auth.json'), JSON.stringify({ auths: { [host]: { auth: BASIC } } }), { mode: 0o600 });
  return {
    ...registry,
    host,
    access: { certificates: folder, retries: 0, authFile: join(folder, 'auth.json') },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
