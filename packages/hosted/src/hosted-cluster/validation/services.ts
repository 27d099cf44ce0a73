import type { HostedCluster } from '@godwit/api';
import { addressOf, blockOf, holds } from './cidr.ts';
import type { NodePortRange } from './node-port-range.ts';

type Spec = HostedCluster['spec'];
type Service = NonNullable<Spec['services']>[number];

/** The host name that a service is published under; undefined when the provider gives one. */
const hostNameOf = ({ servicePublishingStrategy: { loadBalancer, route } }: Service): string | undefined =>
  loadBalancer?.hostname || route?.hostname || undefined;

/** Host names that several services want. */
export const sharedHostNames = (services: readonly Service[]): string[] =>
  [...Map.groupBy(services, hostNameOf)].flatMap(([name, users]) =>
    name === undefined || users.length < 2
      ? []
      : [`services ${users.map(({ service }) => service).join(' and ')} share the host name ${name}; give each a name of its own`],
  );

const nodePortOf = ({ servicePublishingStrategy: { type, nodePort } }: Service): number =>
  type === 'NodePort' ? (nodePort?.port ?? 0) : 0;

/** Whether any service wants a node port by number. */
export const wantsNodePorts = (services: readonly Service[]): boolean => services.some((service) => nodePortOf(service) > 0);

/** Node ports outside of the management cluster's range. */
export const nodePortsOutOfRange = (services: readonly Service[], { low, high }: NodePortRange): string[] =>
  services
    .filter((service) => nodePortOf(service) > 0 && (nodePortOf(service) < low || nodePortOf(service) > high))
    .map((service) => `service ${service.service}: node port ${nodePortOf(service)} is not within ${low}-${high}`);

/** Addresses of node ports that lie within the service network, where no node can have one. */
export const nodePortsInServiceNetwork = ({ services = [], networking }: Pick<Spec, 'services' | 'networking'>): string[] =>
  services.flatMap(({ servicePublishingStrategy: { nodePort } }) => {
    const address = addressOf(nodePort?.address ?? '');
    if (address === undefined) return [];
    return (networking?.serviceNetwork ?? [])
      .filter(({ cidr }) => {
        const block = blockOf(cidr);
        return block !== undefined && holds(block, address);
      })
      .map(({ cidr }) => `Nodeport IP is within the service network range: ${nodePort?.address} is within ${cidr}`);
  });
