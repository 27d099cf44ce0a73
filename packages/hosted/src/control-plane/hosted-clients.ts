import { createHash } from 'node:crypto';
import { Node, Secret, Service } from '@godwit/api';
import type { Cache } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { components } from '../names.ts';
import type { HostedClients } from '../world.ts';
import { accessTo, type HostedAccess } from './hosted-access.ts';

/** What clients of hosted clusters are made of. */
export type HostedClientParts = {
  management: Client;
  cache: Cache;
  connect: (access: HostedAccess) => Client;
  /** Ends the watches of a client that is replaced or no longer needed; the client is closed afterwards. */
  drop?: (client: Client) => void;
  /** Whether this process runs in the management cluster, where names of Services lead to them. */
  inCluster: boolean;
};

type Open = { fingerprint: string; client: Client };

const fingerprintOf = (access: HostedAccess): string => createHash('sha256').update(JSON.stringify(access)).digest('hex');

/** Clients of hosted clusters: one for each control plane, replaced when its address or its certificates change, closed when it goes. */
export const createHostedClients = (parts: HostedClientParts): HostedClients & { close(): Promise<void> } => {
  const { management, cache, connect, drop, inCluster } = parts;
  const open = new Map<string, Open>();

  const release = async (namespace: string): Promise<void> => {
    const found = open.get(namespace);
    open.delete(namespace);
    if (found === undefined) return;
    drop?.(found.client);
    await found.client.close();
  };

  const find = async (namespace: string): Promise<HostedAccess | undefined> => {
    const [secrets, services, nodes] = await Promise.all([
      cache(management, Secret, { namespace }),
      cache(management, Service, { namespace }),
      cache(management, Node),
    ]);
    const kubeconfig = secrets.get({ namespace, name: 'admin-kubeconfig' });
    const service = services.get({ namespace, name: components.apiServer });
    return accessTo({ kubeconfig, service, nodes: nodes.list(), namespace, inCluster });
  };

  return {
    of: async ({ namespace }) => {
      const access = await find(namespace);
      if (access === undefined) {
        await release(namespace);
        return undefined;
      }
      const fingerprint = fingerprintOf(access);
      const before = open.get(namespace);
      if (before?.fingerprint === fingerprint) return before.client;
      const client = connect(access); // nothing is awaited before it is kept, so that no second one is opened meanwhile
      open.set(namespace, { fingerprint, client });
      if (before) {
        drop?.(before.client);
        await before.client.close();
      }
      return client;
    },
    close: async () => {
      await Promise.all([...open.keys()].map(release));
    },
  };
};
