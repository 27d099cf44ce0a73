import type { DirectVolumeMigration, Node, Route, Service } from '@godwit/api';
import { labels } from '@godwit/api';
import { isTrue } from '@godwit/controller';
import { md5, shortId, TRANSFER_APP, TRANSFER_ROLE, transferLabels } from '../names.ts';
import { type Address, TUNNEL_PORT } from './tunnel.ts';

/** How the target cluster lets clients of the source cluster in. */
export type EndpointType = 'Route' | 'LoadBalancer' | 'NodePort' | 'ClusterIP';

/** What the choice of an endpoint depends on. */
export type EndpointFacts = {
  /** RSYNC_ENDPOINT_TYPE in ConfigMap migration-cluster-config of the target cluster. */
  configured: string | undefined;
  servesRoutes: boolean;
  /** Whether a Service of type LoadBalancer already has an address on the target cluster. */
  balancesLoads: boolean;
};

const TYPES: readonly EndpointType[] = ['Route', 'LoadBalancer', 'NodePort', 'ClusterIP'];

/** Names the kind of endpoint and says why. An unknown configured type counts as not configured, and the reason says so. */
export const chooseEndpoint = ({ configured, servesRoutes, balancesLoads }: EndpointFacts): { type: EndpointType; because: string } => {
  const named = TYPES.find((type) => type.toLowerCase() === configured?.trim().toLowerCase());
  if (named) return { type: named, because: 'RSYNC_ENDPOINT_TYPE in ConfigMap migration-cluster-config of the target cluster says so' };
  const unknown = configured ? `RSYNC_ENDPOINT_TYPE ${configured} is unknown (use ${TYPES.join(', ')}); ` : '';
  if (servesRoutes) return { type: 'Route', because: `${unknown}the target cluster serves Routes` };
  if (balancesLoads)
    return { type: 'LoadBalancer', because: `${unknown}a Service of the target cluster already has a load-balancer address` };
  return { type: 'NodePort', because: `${unknown}the target cluster has neither Routes nor a load balancer` };
};

type Named = { metadata: { name?: string; labels?: Record<string, string> } };

/** Upstream's name when it is free or ours; with our short ID behind it when another transfer has it. */
export const freeName = (name: string, dvm: DirectVolumeMigration, existing: readonly Named[]): string => {
  const holder = existing.find(({ metadata }) => metadata.name === name);
  const ours = holder?.metadata.labels?.[labels.migratedByDirectVolumeMigration] === dvm.metadata.uid;
  return holder === undefined || ours ? name : `${name}-${shortId(dvm)}`;
};

/** Upstream's name of the Service of a type. */
export const serviceBaseName = (type: EndpointType): string => (type === 'Route' ? 'dvm' : `${TRANSFER_APP}-svc`);

/** The Service before the server pod of a namespace. */
export const transferService = (
  dvm: DirectVolumeMigration,
  { namespace, name, type, node }: { namespace: string; name: string; type: EndpointType; node: string | undefined },
): Service => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name,
    namespace,
    labels: { ...transferLabels(dvm), ...(type === 'NodePort' && node ? { hostname: node } : {}) },
  },
  spec: {
    type: type === 'Route' ? 'ClusterIP' : type,
    selector: { [labels.migratedByDirectVolumeMigration]: dvm.metadata.uid ?? '', [TRANSFER_ROLE]: 'server' },
    ports: [{ name: 'stunnel', port: TUNNEL_PORT, targetPort: TUNNEL_PORT, protocol: 'TCP' }],
  },
});

const MAX_PREFIX = 62;

/** Host of a Route: `<name>-<namespace>.<subdomain>`, the first part as its MD5 when it is too long for a DNS label; undefined leaves it to the router. */
export const routeHost = (name: string, namespace: string, subdomain: string | undefined): string | undefined => {
  if (!subdomain) return undefined;
  const prefix = `${name}-${namespace}`;
  return `${prefix.length > MAX_PREFIX ? md5(prefix) : prefix}.${subdomain}`;
};

/** The passthrough Route before the Service of the same name. */
export const transferRoute = (dvm: DirectVolumeMigration, namespace: string, name: string, subdomain: string | undefined): Route => {
  const host = routeHost(name, namespace, subdomain);
  return {
    apiVersion: 'route.openshift.io/v1',
    kind: 'Route',
    metadata: { name, namespace, labels: transferLabels(dvm) },
    spec: {
      ...(host === undefined ? {} : { host }),
      to: { kind: 'Service', name },
      port: { targetPort: TUNNEL_PORT },
      tls: { termination: 'passthrough' },
    },
  };
};

const controls = ({ metadata }: Node): boolean => metadata.labels?.['node-role.kubernetes.io/control-plane'] !== undefined;

/** The node whose address clients use: ready and open to pods, a worker if there is one, the first by name. */
export const entryNode = (nodes: readonly Node[]): Node | undefined =>
  nodes
    .filter(({ spec, status }) => isTrue(status?.conditions, 'Ready') && spec?.unschedulable !== true)
    .toSorted(
      (one, other) => Number(controls(one)) - Number(controls(other)) || (one.metadata.name ?? '').localeCompare(other.metadata.name ?? ''),
    )[0];

const nodeAddress = (node: Node | undefined): string | undefined => {
  const addresses = node?.status?.addresses ?? [];
  return (addresses.find(({ type }) => type === 'InternalIP') ?? addresses.find(({ type }) => type === 'ExternalIP'))?.address;
};

const admittedHost = (route: Route | undefined): string | undefined =>
  route?.status?.ingress?.find(({ conditions }) => conditions?.some(({ type, status }) => type === 'Admitted' && status === 'True'))?.host;

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** Where clients connect to, once the cluster has assigned it. */
export const endpointAddress = (
  type: EndpointType,
  { service, route, node }: { service: Service | undefined; route: Route | undefined; node: Node | undefined },
): Address | undefined => {
  const at = (host: string | undefined, port: number | undefined): Address | undefined =>
    host && port ? { host: bracketed(host), port } : undefined;
  const balancer = service?.status?.loadBalancer?.ingress?.[0];
  switch (type) {
    case 'Route':
      return at(admittedHost(route), 443);
    case 'LoadBalancer':
      return at(balancer?.ip ?? balancer?.hostname, TUNNEL_PORT);
    case 'NodePort':
      return at(nodeAddress(node), service?.spec?.ports?.[0]?.nodePort);
    case 'ClusterIP':
      return at(service?.spec?.clusterIP, TUNNEL_PORT);
  }
};
