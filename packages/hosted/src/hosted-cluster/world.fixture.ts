import { type Manager, silentLog, systemClock } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import type { Release } from '../release/release.ts';
import type { World } from '../world.ts';

/** What the release images of tests say of themselves: `…:4.21.0` is release 4.21.0. */
export const aRelease = (image: string): Release => ({
  image,
  version: image.slice(image.lastIndexOf(':') + 1),
  kubernetesVersion: '1.34.3',
  architecture: 'amd64',
  images: {},
});

const named = (prefix: string) => {
  let count = 0;
  return (length: number): string => {
    count += 1;
    return `${prefix}${String(count).padStart(length, '0')}`.slice(-length);
  };
};

/** A world over a real API server; images are read without a registry, names are counted. */
export const aWorld = (management: Client, manager: Manager, changes: Partial<World> = {}): World => ({
  clock: systemClock,
  log: silentLog,
  cache: manager.cache,
  management,
  settings: {
    namespace: 'hypershift',
    managementCluster: 'mgmt-1',
    versions: { minimum: '4.14.0', latest: '5.1.0' },
    serverVersion: '0.1.0',
    ignition: { address: '10.0.0.1', port: 9443 },
  },
  releases: { read: async (image) => aRelease(image) },
  hosted: { of: async () => undefined },
  dns: undefined,
  openStore: () => {
    throw new Error('no store is needed here');
  },
  randomName: named('r'),
  randomUuid: () => '12345678-1234-4234-8234-123456789012',
  fences: { forbidding: async () => undefined },
  ...changes,
});
