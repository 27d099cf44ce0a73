import { type DirectVolumeMigration, Node, Route, Service } from '@godwit/api';
import { advance, type Effect, wait } from '@godwit/controller';
import { type Client, isApiError } from '@godwit/kube';
import { DVM_ANNOTATION, TRANSFER_APP, transferSelector } from '../names.ts';
import { STEP, volumePhase } from '../phase.ts';
import { EndpointChosen, EndpointPending, EndpointReady, EntryNodePending } from '../reasons.ts';
import type { Scope } from '../scope.ts';
import {
  chooseEndpoint,
  type EndpointType,
  endpointAddress,
  entryNode,
  freeName,
  serviceBaseName,
  transferRoute,
  transferService,
} from '../transfer/endpoint.ts';
import type { Address } from '../transfer/tunnel.ts';
import { byNamespace, volumePairs } from '../volume-pair.ts';

const servesRoutes = async (client: Client): Promise<boolean> => (await client.discover()).some(({ group }) => group === Route.group);

const balancesLoads = async (client: Client): Promise<boolean> => {
  try {
    const { items } = await client.list(Service, { fieldSelector: 'spec.type=LoadBalancer' });
    return items.some(({ status }) => (status?.loadBalancer?.ingress ?? []).length > 0);
  } catch (error) {
    // Old servers cannot select by type, and a narrow role may not list all namespaces: then there is no sign of a load balancer.
    if (isApiError(error)) return false;
    throw error;
  }
};

const ingresses = { group: 'config.openshift.io', version: 'v1', kind: 'Ingress', plural: 'ingresses', scope: 'Cluster' } as const;
type ClusterIngress = { apiVersion: string; kind: string; metadata: { name?: string }; spec?: { domain?: string } };

const subdomainOf = async ({ client, config }: Scope['target']): Promise<string | undefined> =>
  config['CLUSTER_SUBDOMAIN'] || (await client.get<ClusterIngress>(ingresses, { name: 'cluster' }))?.spec?.domain;

type Place = { namespace: string; existing: readonly Service[] };
type Facts = { type: EndpointType; because: string; places: readonly Place[]; node: string | undefined; subdomain: string | undefined };

const annotated = <T extends Service | Route>(object: T, dvm: DirectVolumeMigration): T => ({
  ...object,
  metadata: { ...object.metadata, annotations: { [DVM_ANNOTATION]: `${dvm.metadata.namespace}/${dvm.metadata.name}` } },
});

const creation = (dvm: DirectVolumeMigration, { type, node, subdomain }: Facts, { namespace, existing }: Place): Effect[] => {
  const name = freeName(serviceBaseName(type), dvm, existing);
  const service = annotated(transferService(dvm, { namespace, name, type, node }), dvm);
  const route = annotated(transferRoute(dvm, namespace, name, subdomain), dvm);
  return [
    { do: 'apply', on: 'target', resource: Service, object: service },
    ...(type === 'Route' ? [{ do: 'apply', on: 'target', resource: Route, object: route } as const] : []),
  ];
};

/** Creates the way into the target cluster: one Service, and where Routes are used one Route, per namespace. */
export const createRsyncRoute = volumePhase({
  name: 'CreateRsyncRoute',
  step: STEP,
  description: 'Creating the endpoint of the copy on the target cluster',
  observe: async ({ target, notes }, dvm): Promise<Facts> => {
    const { client } = target;
    const configured = target.config['RSYNC_ENDPOINT_TYPE'];
    const routes = !configured && (await servesRoutes(client));
    const choice = chooseEndpoint({
      configured,
      servesRoutes: routes,
      balancesLoads: !configured && !routes && (await balancesLoads(client)),
    });
    notes.endpoint = EndpointChosen(choice).message;
    const namespaces = byNamespace(volumePairs(dvm), 'target').map(([namespace]) => namespace);
    return {
      ...choice,
      node: choice.type === 'NodePort' ? entryNode((await client.list(Node)).items)?.metadata.name : undefined,
      subdomain: choice.type === 'Route' ? await subdomainOf(target) : undefined,
      places: await Promise.all(
        namespaces.map(async (namespace) => ({
          namespace,
          existing: (await client.list(Service, { namespace, labelSelector: `app=${TRANSFER_APP}` })).items,
        })),
      ),
    };
  },
  decide: (facts, dvm) =>
    // The Service names its node: one that is made while no node is ready would never get an address.
    facts.type === 'NodePort' && facts.node === undefined
      ? wait(EntryNodePending(), [], '5s')
      : advance(
          EndpointChosen(facts),
          facts.places.flatMap((place) => creation(dvm, facts, place)),
        ),
});

/** Where the clients of each target namespace connect to, read once per round; a namespace without an address yet is missing. */
export const readAddresses = async (
  { target: { client, find }, addresses }: Scope,
  dvm: DirectVolumeMigration,
): Promise<ReadonlyMap<string, Address>> => {
  const labelSelector = transferSelector(dvm);
  const unknown = byNamespace(volumePairs(dvm), 'target').filter(([namespace]) => !addresses.has(namespace));
  const found = await Promise.all(
    unknown.map(async ([namespace]) => {
      const [service] = (await client.list(Service, { namespace, labelSelector })).items;
      const isRoute = service?.metadata.name?.startsWith(serviceBaseName('Route'));
      const route = isRoute ? await client.get(Route, { namespace, name: service?.metadata.name ?? '' }) : undefined;
      const nodeName = service?.metadata.labels?.['hostname'];
      const node = nodeName ? await find(Node, { name: nodeName }) : undefined;
      const type = isRoute ? 'Route' : (service?.spec?.type as EndpointType);
      return [namespace, endpointAddress(type, { service, route, node })] as const;
    }),
  );
  for (const [namespace, address] of found) if (address !== undefined) addresses.set(namespace, address);
  return addresses;
};

/** Waits until the endpoint has an address; a NodePort and a ClusterIP have theirs at once. */
export const ensureRsyncRouteAdmitted = volumePhase({
  name: 'EnsureRsyncRouteAdmitted',
  step: STEP,
  description: 'Waiting for the address of the endpoint on the target cluster',
  observe: readAddresses,
  decide: (addresses, dvm) => {
    const missing = byNamespace(volumePairs(dvm), 'target').filter(([namespace]) => !addresses.has(namespace));
    if (missing.length > 0)
      return wait(EndpointPending({ services: missing.map(([namespace]) => `namespace ${namespace}`).join(', ') }), [], '5s');
    return advance(EndpointReady({ addresses: [...addresses.values()].map(({ host, port }) => `${host}:${port}`).join(', ') }));
  },
});
