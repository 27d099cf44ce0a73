import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CommandFailed, type Run } from '../host/run.ts';
import type { RegistryAccess } from '../seed/access.ts';
import { registryOf } from '../seed/reference.ts';
import { credentialsFor } from './credentials.ts';
import type { ImageRuntime } from './runtime.ts';

/** A containerd, and how it reaches registries. */
export type Containerd = {
  readonly run: Run;
  /** Its socket. Omitted: the one it has by default. */
  readonly address?: string;
  /** Where it finds mirrors and certificates of registries without a password. Default /etc/containerd/certs.d. */
  readonly hosts?: string;
  /** For registries with a password. */
  readonly access?: RegistryAccess;
};

const quoted = (text: string): string => JSON.stringify(text);

const hostsFile = (registry: string, credentials: string, certificates: readonly string[]): string => {
  const url = quoted(`https://${registry}`);
  const ca = certificates.length === 0 ? '' : `  ca = [${certificates.map(quoted).join(', ')}]\n`;
  return `server = ${url}\n[host.${url}]\n  capabilities = ["pull", "resolve"]\n${ca}  [host.${url}.header]\n    authorization = ${quoted(`Basic ${credentials}`)}\n`;
};

const certificatesIn = async (folder: string | undefined): Promise<string[]> => {
  if (folder === undefined) return [];
  return (await readdir(folder)).filter((name) => name.endsWith('.crt')).map((name) => join(folder, name));
};

/** Gives the work a folder of hosts that knows the password: on a command line, everybody on the machine could read it. */
const withHosts = async <T>(
  image: string,
  credentials: string,
  access: RegistryAccess,
  work: (hosts: string) => Promise<T>,
): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'godwit-hosts-'));
  try {
    const registry = registryOf(image);
    await mkdir(join(folder, registry));
    const text = hostsFile(registry, credentials, await certificatesIn(access.certificates));
    await writeFile(join(folder, registry, 'hosts.toml'), text, { mode: 0o600 });
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const AWAY = /failed to dial .*(connection refused|no such file)/;
const PATIENCE = { times: 20, milliseconds: 1000 } as const;

/** Waits for a containerd that restarts: a node's runtime may end at any time, and is started again. */
const patiently =
  (run: Run): Run =>
  async (argv, options) => {
    for (let left: number = PATIENCE.times; ; left -= 1) {
      try {
        return await run(argv, options);
      } catch (error) {
        if (left <= 0 || !(error instanceof CommandFailed && AWAY.test(error.said))) throw error;
        await pause(PATIENCE.milliseconds, undefined, { signal: options?.signal });
      }
    }
  };

/** Images of the kubelet's containerd. */
export const containerdRuntime = (containerd: Containerd): ImageRuntime => {
  const { address, hosts = '/etc/containerd/certs.d', access = {} } = containerd;
  const run = patiently(containerd.run);
  const images = ['ctr', ...(address === undefined ? [] : ['--address', address]), '--namespace', 'k8s.io', 'images'];
  return {
    has: async (image) => (await run([...images, 'ls', '--quiet', `name==${image}`])).trim() !== '',
    pull: async (image, signal) => {
      const text = access.authFile === undefined ? undefined : await readFile(access.authFile, 'utf8');
      const credentials = text === undefined ? undefined : credentialsFor(text, image);
      const pullWith = (folder: string): Promise<string> => run([...images, 'pull', '--hosts-dir', folder, image], { signal });
      await (credentials === undefined ? pullWith(hosts) : withHosts(image, credentials, access, pullWith));
    },
  };
};
