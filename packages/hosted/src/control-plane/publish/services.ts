import { isIP } from 'node:net';
import { annotations, Service } from '@godwit/api';
import { components, ports } from '../../names.ts';
import { selectorOf } from '../components/pod.ts';
import type { ControlPlane, Publishing } from '../control-plane.ts';
import { type Manifest, manifestOf } from '../manifest.ts';

/** The name, if it is one and no address, under which a service is published. */
export const hostnameOf = (publishing: Publishing): string | undefined => {
  if (publishing.type === 'LoadBalancer') return publishing.hostname;
  return publishing.type === 'NodePort' && isIP(publishing.address) === 0 ? publishing.address : undefined;
};

const serviceOf = (
  plane: ControlPlane,
  { name, port, publishing, sources = [] }: { name: string; port: number; publishing: Publishing; sources?: readonly string[] },
): Manifest => {
  const hostname = hostnameOf(publishing);
  const nodePort = publishing.type === 'NodePort' ? publishing.port : undefined;
  const ranges = publishing.type === 'LoadBalancer' && sources.length > 0 ? { loadBalancerSourceRanges: sources } : {};
  return manifestOf(
    plane,
    Service,
    {
      component: components.apiServer,
      name,
      metadata: hostname === undefined ? {} : { annotations: { [annotations.externalDnsHostname]: hostname } },
    },
    {
      spec: {
        type: publishing.type === 'None' ? 'ClusterIP' : publishing.type,
        selector: selectorOf(components.apiServer),
        ports: [{ name, port, targetPort: port, protocol: 'TCP', ...(nodePort === undefined ? {} : { nodePort }) }],
        ...ranges,
      },
    },
  );
};

/** The Services through which a control plane is reached, from inside and outside of the management cluster. */
export const servicesOf = (plane: ControlPlane): Manifest[] => [
  serviceOf(plane, { name: components.apiServer, port: plane.port, publishing: plane.apiServer, sources: plane.allowedCidrs }),
  serviceOf(plane, { name: components.konnectivity, port: ports.konnectivityAgent, publishing: plane.konnectivity }),
];
