import { randomUUID } from 'node:crypto';
import { type Log, type Manager, systemClock } from '@godwit/controller';
import { createHostedClients, fencesOn, type HostedAccess, releasesFrom, rfc2136Zone, type World } from '@godwit/hosted';
import { type Client, connect } from '@godwit/kube';
import { openStore } from '@godwit/objectstore';
import { randomName } from '../random-name.ts';
import type { HostedOptions } from './options.ts';

const connectTo = ({ server, serverName, ca, certificate }: HostedAccess): Client =>
  connect({ server, serverName, ca, certificate }, { userAgent: 'godwit-operator' });

/** What the controllers of hosted clusters may touch. `close` ends the connections to hosted clusters. */
export const hostedWorldOf = (
  { settings, dns, registryOverrides, inCluster }: HostedOptions,
  { management, log, manager }: { management: Client; log: Log; manager: Manager },
): { world: World; close(): Promise<void> } => {
  const { cache, drop } = manager;
  const hosted = createHostedClients({ management, cache, connect: connectTo, drop, inCluster });
  const world: World = {
    clock: systemClock,
    log,
    cache,
    management,
    settings,
    releases: releasesFrom({ overrides: registryOverrides }),
    hosted,
    dns: dns && rfc2136Zone(dns),
    openStore,
    randomName,
    randomUuid: randomUUID,
    fences: fencesOn(management, settings.namespace),
  };
  return { world, close: hosted.close };
};
