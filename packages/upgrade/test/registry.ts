import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createAuthority, issueCertificate } from '@godwit/controller';
import { stringify } from 'yaml';
import type { RegistryAccess } from '../src/seed/access.ts';

/** A real registry on this machine, over HTTPS; `storage` is the folder of its blobs. */
export type TestRegistry = { readonly host: string; readonly access: RegistryAccess; readonly storage: string; stop(): Promise<void> };

// The password open-sesame, as the registry keeps it.
const USER = 'prep:$2b$05$abcdefghijklmnopqrstuutXu9KzOt.1yBoZUeFWoT/914/JfszCO\n';

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const configurationOf = (folder: string, addr: string, password: boolean) => ({
  version: '0.1',
  log: { level: 'info' },
  storage: { filesystem: { rootdirectory: join(folder, 'storage') } },
  http: { addr, tls: { certificate: join(folder, 'tls.crt'), key: join(folder, 'tls.key') } },
  ...(password && { auth: { htpasswd: { realm: 'test', path: join(folder, 'htpasswd') } } }),
});

/** Starts a registry; with `password`, it wants prep:open-sesame, which the access that comes with it has. */
export const startTestRegistry = async ({ password = false } = {}): Promise<TestRegistry> => {
  const folder = mkdtempSync(join(tmpdir(), 'godwit-registry-'));
  const host = `127.0.0.1:${await freePort()}`;
  const authority = await createAuthority('test registry', 1);
  const { certificate, key } = await issueCertificate(authority, {
    commonName: 'registry',
    hosts: ['127.0.0.1'],
    usage: 'server',
    days: 1,
  });
  mkdirSync(join(folder, 'certificates'));
  const files = { 'tls.crt': certificate, 'tls.key': key, htpasswd: USER, 'certificates/ca.crt': authority.certificate };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const auth = Buffer.from('prep:open-sesame').toString('base64');
  writeFileSync(join(folder, 'auth.json'), JSON.stringify({ auths: { [host]: { auth } } }), { mode: 0o600 });
  writeFileSync(join(folder, 'registry.yaml'), stringify(configurationOf(folder, host, password)));
  const child = spawn('docker-registry', ['serve', join(folder, 'registry.yaml')], { stdio: ['ignore', 'ignore', 'pipe'] });
  for await (const line of createInterface(child.stderr)) if (line.includes('listening on')) break;
  // A full pipe would stop the registry.
  child.stderr.resume();
  return {
    host,
    storage: join(folder, 'storage/docker/registry/v2/blobs'),
    access: { certificates: join(folder, 'certificates'), retries: 0, ...(password && { authFile: join(folder, 'auth.json') }) },
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
