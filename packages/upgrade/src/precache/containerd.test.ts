import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestRegistry, type TestRegistry } from '../../test/registry.ts';
import { pushTinySeed } from '../../test/seed.ts';
import { type Run, runHere } from '../host/run.ts';
import { containerdRuntime } from './containerd.ts';
import { precacheImages } from './precache.ts';

const { signal } = new AbortController();
let folder = '';
let address = '';
let stop = async (): Promise<void> => {};
let open: TestRegistry;
let closed: TestRegistry;

const startContainerd = async (): Promise<() => Promise<void>> => {
  const configuration = `version = 2\nroot = "${folder}/root"\nstate = "${folder}/state"\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\n[grpc]\naddress = "${address}"\n`;
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

const hostsFor = (registry: TestRegistry): string => {
  const hosts = join(folder, 'certs.d');
  mkdirSync(join(hosts, registry.host), { recursive: true });
  const url = JSON.stringify(`https://${registry.host}`);
  writeFileSync(
    join(hosts, registry.host, 'hosts.toml'),
    `server = ${url}\n[host.${url}]\n  ca = "${registry.access.certificates}/ca.crt"\n`,
  );
  return hosts;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'godwit-containerd-'));
  address = join(folder, 'containerd.sock');
  stop = await startContainerd();
  open = await startTestRegistry();
  closed = await startTestRegistry({ password: true });
}, 60_000);
afterAll(async () => {
  await stop();
  await open.stop();
  await closed.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('images come into the kubelet’s containerd by tag and by digest, and a missing one is named', async () => {
  const image = `${open.host}/lab/precached:1`;
  const { digest } = await pushTinySeed(image, open.access);
  const byDigest = `${open.host}/lab/precached@${digest}`;
  const runtime = containerdRuntime({ run: runHere, address, hosts: hostsFor(open) });
  expect(await runtime.has(image)).toBe(false);
  await precacheImages({ images: [image, byDigest], runtime, signal });
  expect([await runtime.has(image), await runtime.has(byDigest)]).toEqual([true, true]);
  const missing = `${open.host}/lab/missing:1`;
  await expect(precacheImages({ images: [image, missing], runtime, signal })).rejects.toThrow(
    `failed to pre-cache one or more images: ${missing}. Check that the registry has them`,
  );
});

test('a registry with a password gets it, and no command line shows it', async () => {
  const image = `${closed.host}/lab/secret:1`;
  await pushTinySeed(image, closed.access);
  const commands: string[] = [];
  const run: Run = (argv, options) => {
    commands.push(argv.join(' '));
    return runHere(argv, options);
  };
  const { certificates = '', authFile = '' } = closed.access;
  const without = containerdRuntime({ run, address, hosts: hostsFor(closed), access: { certificates } });
  await expect(without.pull(image, signal)).rejects.toThrow('401');
  await containerdRuntime({ run, address, access: { certificates, authFile } }).pull(image, signal);
  expect(await without.has(image)).toBe(true);
  const { auths } = JSON.parse(readFileSync(authFile, 'utf8')) as { auths: Record<string, { auth: string }> };
  const secret = auths[closed.host]?.auth ?? '';
  expect(secret).not.toBe('');
  expect(commands.some((each) => each.includes(secret) || each.includes('open-sesame'))).toBe(false);
});

test('a containerd that was killed is waited for until it is started again', async () => {
  await stop();
  const asked = containerdRuntime({ run: runHere, address }).has('registry.example/none:1');
  stop = await startContainerd();
  expect(await asked).toBe(false);
});
