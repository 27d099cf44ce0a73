import type { Node, Secret, Service } from '@godwit/api';
import { isTrue } from '@godwit/controller';
import { parse } from 'yaml';
import { components } from '../names.ts';
import { authorityOf, type Endpoint, KUBECONFIG_KEY } from './pki/kubeconfigs.ts';
import { balancedAddress } from './publish/endpoint.ts';

/** How the API server of a hosted cluster is reached from here; certificates and key are PEM texts. */
export type HostedAccess = { server: string; serverName: string; ca: string; certificate: { cert: string; key: string } };

/** What the way to a hosted cluster is found from. */
export type AccessFacts = {
  kubeconfig: Pick<Secret, 'data'> | undefined;
  service: Service | undefined;
  nodes: readonly Node[];
  namespace: string;
  inCluster: boolean;
};

type Config = {
  clusters?: { cluster?: Record<string, string> }[];
  users?: { user?: Record<string, string> }[];
};

const decoded = (base64: string | undefined): string => Buffer.from(base64 ?? '', 'base64').toString('utf8');

const internalAddress = (nodes: readonly Node[]): string | undefined => {
  const ordered = [...nodes.filter(({ status }) => isTrue(status?.conditions, 'Ready')), ...nodes];
  return ordered.flatMap(({ status }) => status?.addresses ?? []).find(({ type }) => type === 'InternalIP')?.address;
};

const throughNode = (service: Service, nodes: readonly Node[]): Endpoint | undefined => {
  const [host, port] = [internalAddress(nodes), service.spec?.ports?.[0]?.nodePort];
  return host === undefined || port === undefined ? undefined : { host, port };
};

const endpointOf = ({ service, nodes, namespace, inCluster }: AccessFacts): Endpoint | undefined => {
  const port = service?.spec?.ports?.[0]?.port;
  if (service === undefined || port === undefined) return undefined;
  if (inCluster) return { host: `${components.apiServer}.${namespace}.svc`, port };
  const balanced = balancedAddress(service);
  return balanced === undefined ? throughNode(service, nodes) : { host: balanced, port };
};

/** The way to a hosted cluster's API server: its Service, never its public name, so that it is there before DNS is. Undefined: not there yet. */
export const accessTo = (facts: AccessFacts): HostedAccess | undefined => {
  const endpoint = endpointOf(facts);
  const text = decoded(facts.kubeconfig?.data?.[KUBECONFIG_KEY]);
  if (endpoint === undefined || text === '') return undefined;
  const { clusters, users } = parse(text) as Config;
  const [cluster, user] = [clusters?.[0]?.cluster ?? {}, users?.[0]?.user ?? {}];
  return {
    server: `https://${authorityOf(endpoint)}`,
    // A name that is in the serving certificate whatever the cluster is called outside.
    serverName: components.apiServer,
    ca: decoded(cluster['certificate-authority-data']),
    certificate: { cert: decoded(user['client-certificate-data']), key: decoded(user['client-key-data']) },
  };
};
