import { type MigPlan, Namespace } from '@godwit/api';
import type { Client } from '@godwit/kube';
import { sourceNamespaces } from '../../shared/namespace-pairs.ts';
import type { World } from '../../world.ts';
import type { BothClusters } from '../facts.ts';
import { readDestination } from './destination.ts';
import { readIncompatible } from './incompatible.ts';
import { readServed, readSource, type SourceReading } from './source.ts';

/** Both clusters as the checks see them, with the clients and the raw reading that discovery goes on with. */
export type ClustersReading = BothClusters & { clients: { source: Client; destination: Client }; reading: SourceReading };

const identities = new WeakMap<Client, string>();

/** The UID of kube-system: the same for every address of one cluster, and for ever. */
const identityOf = async (client: Client): Promise<string> => {
  const known = identities.get(client);
  if (known !== undefined) return known;
  const uid = (await client.get(Namespace, { name: 'kube-system' }))?.metadata.uid ?? client.server;
  identities.set(client, uid);
  return uid;
};

/** Reads both clusters of a plan; kinds are compared only when that is due. */
export const readClusters = async (world: World, plan: MigPlan, due: { compareKinds: boolean }): Promise<ClustersReading> => {
  const own = plan.metadata.namespace;
  const [source, destination] = (await Promise.all(
    [plan.spec.srcMigClusterRef, plan.spec.destMigClusterRef].map((reference) => world.connections.of({ namespace: own, ...reference })),
  )) as [Client, Client];
  const [from, to, served, servedThere] = await Promise.all([
    identityOf(source),
    identityOf(destination),
    readServed(source),
    readServed(destination),
  ]);
  const same = from === to;
  const reading = await readSource(world, source, plan, served);
  const view = await readDestination(world, { source, destination, same }, plan, servedThere);
  const compared = due.compareKinds && !same;
  const incompatible = compared
    ? await readIncompatible(source, { source: served, destination: servedThere }, sourceNamespaces(plan), world.settings.excludedResources)
    : same
      ? []
      : undefined;
  return { same, source: reading.view, destination: view, incompatible, clients: { source, destination }, reading };
};
