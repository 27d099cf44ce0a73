import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@godwit/controller';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { HostDriver } from '../src/host/driver.ts';
import { runHere } from '../src/host/run.ts';
import { sysrootDriver } from '../src/host/sysroot.ts';
import type { RegistryAccess } from '../src/seed/access.ts';
import type { StaterootRequest, StaterootWorld } from '../src/stateroot/world.ts';
import { startTestRegistry, type TestRegistry } from './registry.ts';
import { pushTinySeed, type TinySeed } from './seed.ts';
import { bootEntries, newSysroot, removeSysroot } from './sysroot.ts';

/** The version that all seeds here bring. */
export const VERSION = '4.21.0';

const retained = [
  { name: 'ca.key', from: 'var/lib/kubernetes/pki/ca.key' },
  { name: 'absent.key', from: 'var/lib/kubernetes/pki/absent.key' },
];

/** What is asked for in tests: everything switched on, and a key of the cluster to keep. */
export const requestOf = (image: string): StaterootRequest => ({
  image,
  version: VERSION,
  autoRollback: { timeoutSeconds: 300, initMonitor: true, postRebootConfig: true },
  retained,
});

/** A registry, and a host of its own for each test, on which a release runs that has a key. */
export type PrepareRoom = {
  readonly host: HostDriver;
  readonly folder: string;
  readonly access: RegistryAccess;
  readonly storage: string;
  nameOf(image: string): string;
  worldOf(image: string, more?: Partial<StaterootWorld>): StaterootWorld;
  push(name: string, seed?: TinySeed): Promise<{ image: string; checksum: string; digest: string }>;
};

// Programs start slowly on a busy machine.
const PATIENCE_MILLISECONDS = 60_000;

/** Makes the room for a file of tests. */
export const prepareRoom = (): PrepareRoom => {
  let registry: TestRegistry | undefined;
  let folder = '';
  let host: HostDriver;
  beforeAll(async () => {
    registry = await startTestRegistry();
  }, PATIENCE_MILLISECONDS);
  afterAll(() => registry?.stop());
  beforeEach(async () => {
    folder = await newSysroot();
    host = sysrootDriver(folder);
    await host.reboot('test');
    mkdirSync(join(host.root, 'var/lib/kubernetes/pki'), { recursive: true });
    writeFileSync(join(host.root, 'var/lib/kubernetes/pki/ca.key'), 'our key');
  }, PATIENCE_MILLISECONDS);
  afterEach(() => removeSysroot(folder), PATIENCE_MILLISECONDS);
  const started = (): TestRegistry => {
    if (registry === undefined) throw new Error('the registry has not started');
    return registry;
  };
  const nameOf = (name: string): string => `${started().host}/lab/${name}:1`;
  return {
    get host() {
      return host;
    },
    get folder() {
      return folder;
    },
    get access() {
      return started().access;
    },
    get storage() {
      return started().storage;
    },
    nameOf,
    worldOf: (image, more = {}) => ({
      host,
      run: runHere,
      clock: systemClock,
      access: started().access,
      request: requestOf(image),
      ...more,
    }),
    push: async (name, seed) => ({ image: nameOf(name), ...(await pushTinySeed(nameOf(name), started().access, seed)) }),
  };
};

const read = (path: string): string => readFileSync(path, 'utf8');

/** One stateroot with one deployment, filled as the seed says, and no trace of the work. */
export const expectPrepared = async ({ host, folder }: PrepareRoom, checksum: string): Promise<void> => {
  const list = await host.listDeployments();
  expect(list).toMatchObject([
    { stateroot: 'rhcos', booted: true },
    { stateroot: 'rhcos_4.21.0', checksum, booted: false },
  ]);
  expect(list).toHaveLength(2);
  expect(readdirSync(join(folder, 'ostree/deploy')).sort()).toEqual(['rhcos', 'rhcos_4.21.0']);
  const [, deployment] = list;
  if (deployment === undefined) return;
  const name = `${checksum}.${deployment.serial}`;
  expect(readdirSync(join(folder, 'ostree/deploy/rhcos_4.21.0/deploy')).sort()).toEqual([name, `${name}.origin`]);
  expect(read(host.originPath(deployment))).toBe('[origin]\nrefspec=fleet:stable\n');
  const etc = join(host.deploymentPath(deployment), 'etc');
  expect(read(join(etc, 'from-seed'))).toBe('here\n');
  expect(existsSync(join(etc, 'motd'))).toBe(false);
  expectStateOf(join(host.staterootPath('rhcos_4.21.0'), 'var'));
  expect(read(join(host.root, 'var/tmp/containers.list'))).toBe('quay.io/lab/a:1\nquay.io/lab/b:1\n');
  expect(JSON.parse(read(join(host.root, 'var/tmp/manifest.json')))).toMatchObject({ seed_cluster_ocp_version: VERSION });
  expect(readdirSync(join(host.root, 'var/lib/lca/workspace'))).toEqual([]);
  expect(bootEntries(folder)).toMatchObject([
    { stateroot: 'rhcos' },
    { stateroot: 'rhcos_4.21.0', options: expect.stringMatching(/^tsc=nowatchdog cgroup_no_v1="all" ibu=4\.21\.0 ostree=/) },
  ]);
};

const expectStateOf = (its: string): void => {
  expect(read(join(its, 'lib/from-seed'))).toBe('seed');
  expect(existsSync(join(its, 'log/secret.log'))).toBe(false);
  expect(JSON.parse(read(join(its, 'lib/lca/autorollback_config.json')))).toMatchObject({ monitor_enabled: true, monitor_timeout: 300 });
  expect(readdirSync(join(its, 'opt/openshift/kubeconfig-crypto'))).toEqual(['ca.key']);
  expect(statSync(join(its, 'opt/openshift/kubeconfig-crypto/ca.key')).mode & 0o777).toBe(0o600);
};
