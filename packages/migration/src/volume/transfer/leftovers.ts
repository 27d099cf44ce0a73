import {
  ConfigMap,
  type DirectVolumeMigration,
  DirectVolumeMigrationProgress,
  NetworkPolicy,
  Pod,
  Route,
  Secret,
  Service,
} from '@godwit/api';
import type { Effect } from '@godwit/controller';
import { type Client, isApiError, type KubeObject, type Resource } from '@godwit/kube';
import { transferSelector } from '../names.ts';
import { byNamespace, volumePairs } from '../volume-pair.ts';

/** An object of a transfer and where it is. */
export type Leftover = { on: 'host' | 'source' | 'target'; resource: Resource; namespace: string; name: string; uid: string | undefined };

const CLIENT_KINDS: readonly Resource<KubeObject>[] = [Pod, Secret, ConfigMap, NetworkPolicy];
const KINDS = { source: CLIENT_KINDS, target: [...CLIENT_KINDS, Service, Route] };

const listed = async (client: Client, resource: Resource<KubeObject>, namespace: string, labelSelector: string): Promise<KubeObject[]> => {
  try {
    return (await client.list(resource, { namespace, labelSelector })).items;
  } catch (error) {
    // Only OpenShift serves Routes.
    if (isApiError(error, 'NotFound')) return [];
    throw error;
  }
};

const leftovers = async (
  client: Client,
  on: Leftover['on'],
  namespaces: readonly string[],
  labelSelector: string,
  kinds: readonly Resource<KubeObject>[],
): Promise<Leftover[]> => {
  const found = await Promise.all(
    namespaces.flatMap((namespace) =>
      kinds.map(async (resource) =>
        (await listed(client, resource, namespace, labelSelector)).map(({ metadata }) => ({
          on,
          resource,
          namespace,
          name: metadata.name ?? '',
          uid: metadata.uid,
        })),
      ),
    ),
  );
  return found.flat();
};

/** Clusters to look at; one that is no longer known is left out. */
export type Places = { host: Client; source: Client | undefined; target: Client | undefined };

const onSide = (
  places: Places,
  dvm: DirectVolumeMigration,
  side: 'source' | 'target',
  kinds: readonly Resource<KubeObject>[],
): Promise<Leftover[]> => {
  const client = places[side];
  const namespaces = byNamespace(volumePairs(dvm), side).map(([namespace]) => namespace);
  return client === undefined ? Promise.resolve([]) : leftovers(client, side, namespaces, transferSelector(dvm), kinds);
};

/** Source, target and host may be one cluster: an object found twice is one object. */
const withoutDoubles = (found: readonly Leftover[]): Leftover[] => [
  ...new Map(found.map((each) => [each.uid ?? `${each.on}/${each.resource.plural}/${each.namespace}/${each.name}`, each])).values(),
];

/** Everything that a DirectVolumeMigration has made for its transfer, found by its UID, on all clusters. */
export const transferObjects = async (places: Places, dvm: DirectVolumeMigration): Promise<Leftover[]> => {
  const home = dvm.metadata.namespace ?? '';
  const reports = dvm.spec.deleteProgressReportingCRs || dvm.metadata.deletionTimestamp ? [DirectVolumeMigrationProgress] : [];
  const found = await Promise.all([
    onSide(places, dvm, 'source', KINDS.source),
    onSide(places, dvm, 'target', KINDS.target),
    leftovers(places.host, 'host', [home], transferSelector(dvm), [Secret, ...reports]),
  ]);
  return withoutDoubles(found.flat());
};

/** The pods of a DirectVolumeMigration's transfer, found by its UID, on both clusters. */
export const transferPods = async (places: Places, dvm: DirectVolumeMigration): Promise<Leftover[]> =>
  withoutDoubles((await Promise.all([onSide(places, dvm, 'source', [Pod]), onSide(places, dvm, 'target', [Pod])])).flat());

/**
 * Effects that remove these objects and no others that took their names. `idle` says that no copy is under way:
 * its pods then need no time to stop.
 */
export const removal = (objects: readonly Leftover[], idle = false): Effect[] =>
  objects.map(({ on, resource, namespace, name, uid }) => ({
    do: 'delete',
    on,
    resource,
    name: { namespace, name },
    ...(uid === undefined ? {} : { uid }),
    ...(idle && resource === Pod ? { gracePeriodSeconds: 0 } : {}),
  }));
