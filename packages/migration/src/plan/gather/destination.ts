import { type MigPlan, type NamePair, StorageClass } from '@godwit/api';
import { type Client, isApiError, type KubeObject, type Resource, type ServedResource } from '@godwit/kube';
import { clusterConfig } from '../../cluster/read-facts.ts';
import { storageClassOffers } from '../../cluster/storage-classes.ts';
import { namespacePairs, targetNamespaces } from '../../shared/namespace-pairs.ts';
import type { World } from '../../world.ts';
import type { DestinationView, ForeignObject } from '../facts.ts';
import { applicationKinds, clashes, isForeign } from '../foreign-objects.ts';
import { readNamespaces, servesVelero } from './source.ts';

const listOrNone = async (client: Client, resource: Resource, namespace: string): Promise<readonly KubeObject[]> => {
  try {
    return (await client.list(resource, { namespace })).items;
  } catch (fault) {
    if (isApiError(fault, 'NotFound')) return []; // this version of the kind is not served
    throw fault;
  }
};

const foreignOfKind = async (
  clients: { source: Client; destination: Client },
  pair: NamePair,
  resource: Resource,
  planUid: string,
): Promise<ForeignObject[]> => {
  const foreign = (await listOrNone(clients.destination, resource, pair.target)).filter((each) => isForeign(each, planUid));
  if (foreign.length === 0) return [];
  const source = await listOrNone(clients.source, resource, pair.source);
  return foreign.map((each) => ({
    namespace: pair.target,
    kind: resource.kind,
    name: each.metadata.name ?? '',
    clash: clashes(each, source),
  }));
};

const readForeign = async (
  clients: { source: Client; destination: Client },
  plan: MigPlan,
  existing: readonly { name: string }[],
): Promise<ForeignObject[]> => {
  const pairs = namespacePairs(plan).filter(({ target }) => existing.some(({ name }) => name === target));
  const found = await Promise.all(
    pairs.flatMap((pair) => applicationKinds.map((kind) => foreignOfKind(clients, pair, kind, plan.metadata.uid ?? ''))),
  );
  return found.flat();
};

/** Reads the plan's namespaces on the destination, what is in them already, and what the cluster offers. */
export const readDestination = async (
  world: World,
  clients: { source: Client; destination: Client; same: boolean },
  plan: MigPlan,
  served: readonly ServedResource[],
): Promise<DestinationView> => {
  const [existing, classes, config] = await Promise.all([
    readNamespaces(clients.destination, targetNamespaces(plan)),
    world.cache(clients.destination, StorageClass),
    clusterConfig(world, clients.destination),
  ]);
  // inside one cluster an unmapped namespace is source and destination at once
  const mayHoldOthers = clients.same ? [] : existing;
  return {
    existing,
    foreign: await readForeign(clients, plan, mayHoldOthers),
    storageClasses: storageClassOffers(classes.list()),
    servesVelero: servesVelero(served),
    clusterSubdomain: config.CLUSTER_SUBDOMAIN || undefined,
  };
};
