import type { HostedCluster } from '@godwit/api';
import { usage } from '../../usage.ts';

/** Services of a control plane that are published; each with a name of its own, so that the cluster can move. */
const SERVICES = ['APIServer', 'OAuthServer', 'Konnectivity', 'Ignition'] as const;
type Service = (typeof SERVICES)[number];

const PREFIXES: Readonly<Record<Service, string>> = {
  APIServer: 'api',
  OAuthServer: 'oauth',
  Konnectivity: 'konnectivity',
  Ignition: 'ignition',
};

type Host = { host: string; port: number | undefined };

const isService = (text: string): text is Service => (SERVICES as readonly string[]).includes(text);

/** Reads `SERVICE=HOST[:PORT],…`. */
export const hostNames = (text: string | undefined): ReadonlyMap<Service, Host> =>
  new Map(
    (text ?? '')
      .split(',')
      .filter(Boolean)
      .map((pair): [Service, Host] => {
        const [, service = '', host = '', port] = /^(\w+)=([^:=]+)(?::(\d{1,5}))?$/.exec(pair) ?? [];
        if (!isService(service))
          throw usage(
            `--service-hosts ${pair} cannot be read`,
            `write SERVICE=HOST or SERVICE=HOST:NODEPORT with one of ${SERVICES.join(', ')}`,
            '--service-hosts APIServer=api.demo.example.com',
          );
        return [service, { host, port: port === undefined ? undefined : Number(port) }];
      }),
  );

/** What the publishing of services is made from. */
export type Publishing = { name: string; baseDomain: string; type: 'LoadBalancer' | 'NodePort'; hosts: ReadonlyMap<Service, Host> };

/** How the services of a control plane are published: under the host names that were given, else `<service>.<name>.<base domain>`. */
export const publishedServices = ({ name, baseDomain, type, hosts }: Publishing): HostedCluster['spec']['services'] =>
  SERVICES.map((service) => {
    const { host, port } = hosts.get(service) ?? { host: `${PREFIXES[service]}.${name}.${baseDomain}`, port: undefined };
    return {
      service,
      servicePublishingStrategy:
        type === 'LoadBalancer'
          ? { type, loadBalancer: { hostname: host } }
          : { type, nodePort: { address: host, ...(port === undefined ? {} : { port }) } },
    };
  });
