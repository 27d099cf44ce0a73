import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestRegistry, type TestRegistry } from '../../test/registry.ts';
import { pushTinySeed } from '../../test/seed.ts';
import { startTokenGate } from '../../test/token-gate.ts';
import { containerdRuntime } from './containerd.ts';
import { precacheImages } from './precache.ts';

const { signal } = new AbortController();
let folder = '';
let address = '';
let stop = async (): Promise<void> => {};
let open: TestRegistry;
let closed: TestRegistry;
let gate: TestRegistry;

const startContainerd = async (): Promise<() => Promise<void>> => {
  const configuration = `version = 2\nroot = "${folder}/root"\nstate = "${folder}/state"\n[grpc]\naddress = "${address}"\n[plugins."io.containerd.grpc.v1.cri".registry]\nconfig_path = "${folder}/certs.d"\n`;
  writeFileSync(join(folder, 'config.toml'), configuration);
  const child = spawn('containerd', ['--config', join(folder, 'config.toml')], { stdio: ['ignore', 'ignore', 'pipe'] });
  for await (const line of createInterface(child.stderr)) if (line.includes('successfully booted')) break;
  child.stderr.resume();
  return async () => {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
};

/** Lets the node know who answers for a registry, by default it itself. */
const haveHosts = (registry: TestRegistry, by = registry): void => {
  const hosts = join(folder, 'certs.d', registry.host);
  mkdirSync(hosts, { recursive: true });
  const asked = (each: TestRegistry, ca: string) => `"https://${each.host}"${ca} = "${each.access.certificates}/ca.crt"\n`;
  writeFileSync(join(hosts, 'hosts.toml'), `server = ${asked(registry, '\nca')}[host.${asked(by, ']\nca')}`);
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'godwit-containerd-'));
  address = join(folder, 'containerd.sock');
  stop = await startContainerd();
  open = await startTestRegistry();
  closed = await startTestRegistry({ password: true });
  gate = await startTokenGate(open);
  for (const each of [open, closed, gate]) haveHosts(each);
}, 60_000);
afterAll(async () => {
  await stop();
  await gate.stop();
  await open.stop();
  await closed.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('images come into the kubelet’s containerd by tag and by digest, and a missing one is named', async () => {
  const image = `${open.host}/lab/precached:1`;
  const { digest } = await pushTinySeed(image, open.access);
  const byDigest = `${open.host}/lab/precached@${digest}`;
  const runtime = containerdRuntime({ address });
  expect(await runtime.has(image)).toBe(false);
  await precacheImages({ images: [image, byDigest], runtime, signal });
  expect([await runtime.has(image), await runtime.has(byDigest)]).toEqual([true, true]);
  const missing = `${open.host}/lab/missing:1`;
  await expect(precacheImages({ images: [image, missing], runtime, signal })).rejects.toThrow(
    new RegExp(`^failed to pre-cache one or more images: ${missing}: .*not found. Check that the registry has them`),
  );
});

test.each([
  ['by a password', () => closed, () => closed],
  ['by a token', () => gate, () => open],
])('a registry that lets in %s gets the credentials of the node', async (_title, given, behind) => {
  const registry = given();
  const image = `${registry.host}/lab/secret:1`;
  await pushTinySeed(image.replace(registry.host, behind().host), behind().access);
  const without = containerdRuntime({ address });
  await expect(without.pull(image, signal)).rejects.toThrow(/401|authorization failed/);
  await containerdRuntime({ address, access: registry.access }).pull(image, signal);
  expect(await without.has(image)).toBe(true);
});

test('the mirror of a registry with a password is asked first, and gets no password', async () => {
  const mirrored = { ...closed, host: 'registry.invalid' };
  haveHosts(mirrored, open);
  await pushTinySeed(`${open.host}/lab/mirrored:1`, open.access);
  const authFile = join(folder, 'auth.json');
  writeFileSync(authFile, JSON.stringify({ auths: { [mirrored.host]: { auth: Buffer.from('prep:open-sesame').toString('base64') } } }));
  const runtime = containerdRuntime({ address, access: { authFile } });
  await runtime.pull(`${mirrored.host}/lab/mirrored:1`, signal);
  haveHosts(mirrored, closed);
  await pushTinySeed(`${closed.host}/lab/mirrored:2`, closed.access);
  await expect(runtime.pull(`${mirrored.host}/lab/mirrored:2`, signal)).rejects.toThrow('mirrored:2');
});

test('a pull that is given up ends in containerd, too', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const stopping = new AbortController();
  const pulled = containerdRuntime({ address }).pull(`127.0.0.1:${port}/lab/slow:1`, stopping.signal);
  const [socket] = (await once(silent, 'connection')) as [Socket];
  const gone = once(socket.resume(), 'close');
  stopping.abort();
  await expect(pulled).rejects.toThrow('abort');
  await gone;
  silent.close();
});

test('a containerd that was killed is waited for until it is started again', async () => {
  await stop();
  const asked = containerdRuntime({ address }).has('registry.example/none:1');
  stop = await startContainerd();
  expect(await asked).toBe(false);
});
