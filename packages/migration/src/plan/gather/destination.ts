import { type MigPlan, StorageClass } from '@godwit/api';
import { type Client, isApiError, type KubeObject, type Resource, type ServedResource } from '@godwit/kube';
import { clusterConfig } from '../../cluster/read-facts.ts';
import { storageClassOffers } from '../../cluster/storage-classes.ts';
import { destinationNamespaces, type NamespaceMapping, namespaceMappings } from '../../shared/namespace-mapping.ts';
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
  mapping: NamespaceMapping,
  resource: Resource,
  planUid: string,
): Promise<ForeignObject[]> => {
  const foreign = (await listOrNone(clients.destination, resource, mapping.destination)).filter((each) => isForeign(each, planUid));
  if (foreign.length === 0) return [];
  const source = await listOrNone(clients.source, resource, mapping.source);
  return foreign.map((each) => ({
    namespace: mapping.destination,
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
  const mappings = namespaceMappings(plan).filter(({ destination }) => existing.some(({ name }) => name === destination));
  const found = await Promise.all(
    mappings.flatMap((mapping) => applicationKinds.map((kind) => foreignOfKind(clients, mapping, kind, plan.metadata.uid ?? ''))),
  );
  return found.flat();
};

/** Reads the plan's namespaces on the destination, what is in them already, and what the cluster offers. */
export const readDestination = async (
  clients: { source: Client; destination: Client; same: boolean },
  plan: MigPlan,
  served: readonly ServedResource[],
  namespace: string,
): Promise<DestinationView> => {
  const [existing, classes, config] = await Promise.all([
    readNamespaces(clients.destination, destinationNamespaces(plan)),
    clients.destination.list(StorageClass),
    clusterConfig(clients.destination, namespace),
  ]);
  // inside one cluster an unmapped namespace is source and destination at once
  const mayHoldOthers = clients.same ? [] : existing;
  return {
    existing,
    foreign: await readForeign(clients, plan, mayHoldOthers),
    storageClasses: storageClassOffers(classes.items),
    servesVelero: servesVelero(served),
    clusterSubdomain: config.CLUSTER_SUBDOMAIN || undefined,
  };
};
