import { createHash } from 'node:crypto';
import { MigCluster, Secret } from '@godwit/api';
import type { Cache } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import type { ClusterAccess, Connections, Reference } from '../world.ts';
import { tokenOf } from './token.ts';

/** A MigCluster that cannot be reached for a reason that its own fields show; the message names it and the next step. */
class ClusterAccessError extends Error {
  override readonly name = 'ClusterAccessError';
}

/** What connections are made of: the host's client, the shared watches, and the way to open a further client. */
export type ConnectionParts = {
  host: Client;
  cache: Cache;
  connect: (access: ClusterAccess) => Client;
  /** Ends the watches of a client whose cluster has another address or token now; the client is closed afterwards. */
  drop?: (client: Client) => void;
};

type Open = { fingerprint: string; client: Client };

const fingerprintOf = (access: ClusterAccess): string => createHash('sha256').update(JSON.stringify(access)).digest('hex');

const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');

const named = ({ namespace, name }: Reference): string => `MigCluster ${namespace ?? ''}/${name ?? ''}`;

const readAccess = async ({ host, cache }: ConnectionParts, cluster: MigCluster): Promise<ClusterAccess> => {
  const { url, serviceAccountSecretRef: reference, caBundle, insecure } = cluster.spec;
  if (!url) throw new ClusterAccessError(`${named(cluster.metadata)} has no url: set spec.url to the https address of its API server.`);
  const { namespace = cluster.metadata.namespace ?? '', name } = reference ?? {};
  if (!name)
    throw new ClusterAccessError(
      `${named(cluster.metadata)} has no serviceAccountSecretRef: name a Secret whose key saToken holds a token.`,
    );
  const secret = (await cache(host, Secret, { namespace })).get({ namespace, name }) ?? (await host.get(Secret, { namespace, name }));
  const { token } = tokenOf(secret);
  if (!token)
    throw new ClusterAccessError(
      `${named(cluster.metadata)}: Secret ${namespace}/${name} holds no saToken: put the token of a ServiceAccount there.`,
    );
  return { server: url, token, insecure: insecure === true, ...(caBundle ? { caBundle: decoded(caBundle) } : {}) };
};

const release = async ({ drop }: ConnectionParts, client: Client): Promise<void> => {
  drop?.(client);
  await client.close();
};

/** Clients of the clusters that MigClusters describe, one for each; a changed address, token or CA gives a new client. */
export const createConnections = (parts: ConnectionParts): Connections => {
  const open = new Map<string, Open>();

  const renewed = async (cluster: MigCluster): Promise<Client> => {
    const uid = cluster.metadata.uid ?? named(cluster.metadata);
    const access = await readAccess(parts, cluster);
    const fingerprint = fingerprintOf(access);
    const before = open.get(uid); // nothing is awaited from here on, so that no second client is opened meanwhile
    if (before?.fingerprint === fingerprint) return before.client;
    const client = parts.connect(access);
    open.set(uid, { fingerprint, client });
    if (before !== undefined) await release(parts, before.client);
    return client;
  };

  return {
    host: parts.host,
    of: async (reference) => {
      const { namespace, name } = reference;
      const known = await parts.cache(parts.host, MigCluster, namespace === undefined ? {} : { namespace });
      const cluster =
        name === undefined ? undefined : (known.get({ namespace, name }) ?? (await parts.host.get(MigCluster, { namespace, name })));
      if (cluster === undefined)
        throw new ClusterAccessError(`${named(reference)} does not exist: create it with godwit cluster add, or correct the reference.`);
      return cluster.spec.isHostCluster ? parts.host : renewed(cluster);
    },
  };
};
