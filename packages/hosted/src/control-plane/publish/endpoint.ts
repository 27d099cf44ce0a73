import type { Service } from '@godwit/api';
import type { Publishing } from '../control-plane.ts';
import type { Endpoint } from '../pki/kubeconfigs.ts';

/** The address that a load balancer has given, a name or an IP address. */
export const balancedAddress = (service: Service | undefined): string | undefined => {
  const ingress = service?.status?.loadBalancer?.ingress?.[0];
  return ingress?.hostname ?? ingress?.ip;
};

/** Whether a service can be reached from outside, and if not, why. */
export type Published = { endpoint: Endpoint | undefined; ready: boolean; message: string };

const waiting = (message: string, endpoint?: Endpoint): Published => ({ endpoint, ready: false, message });

/** Where clients outside of the management cluster find a service. A fixed host name is known before its address is. */
export const publishedAt = (publishing: Publishing, port: number, name: string, service: Service | undefined): Published => {
  if (publishing.type === 'None')
    return service === undefined ? waiting(`Waiting for Service ${name}`) : { endpoint: undefined, ready: true, message: '' };
  if (publishing.type === 'NodePort') {
    const nodePort = publishing.port ?? service?.spec?.ports?.[0]?.nodePort;
    if (nodePort === undefined) return waiting(`Waiting for the node port of Service ${name}`);
    const endpoint = { host: publishing.address, port: nodePort };
    return service === undefined ? waiting(`Waiting for Service ${name}`, endpoint) : { endpoint, ready: true, message: '' };
  }
  const address = balancedAddress(service);
  const host = publishing.hostname ?? address;
  const endpoint = host === undefined ? undefined : { host, port };
  if (address === undefined) return waiting(`Waiting for the load balancer of Service ${name} to get an address`, endpoint);
  return { endpoint, ready: true, message: '' };
};
