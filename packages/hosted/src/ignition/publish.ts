import { annotations, EndpointSlice, Service } from '@godwit/api';
import type { Effect } from '@godwit/controller';
import type { OwnerReference } from '@godwit/kube';
import type { Publishing } from '../control-plane/control-plane.ts';
import { COMPONENT_LABEL } from '../control-plane/manifest.ts';
import { hostnameOf } from '../control-plane/publish/services.ts';
import { components } from '../names.ts';

/** Port of the Service of the Ignition server. */
export const IGNITION_PORT = 443;

/** How machines find the Ignition server of one control plane. */
export type IgnitionPublishing = {
  namespace: string;
  owner: OwnerReference;
  publishing: Publishing;
  /** Where this process serves. */
  server: { address: string; port: number };
};

const name = components.ignition;

const service = ({ namespace, owner, publishing, server }: IgnitionPublishing) => {
  const hostname = hostnameOf(publishing);
  const nodePort = publishing.type === 'NodePort' ? publishing.port : undefined;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      namespace,
      name,
      ownerReferences: [owner],
      labels: { [COMPONENT_LABEL]: name },
      annotations: hostname === undefined ? {} : { [annotations.externalDnsHostname]: hostname },
    },
    spec: {
      type: publishing.type === 'None' ? 'ClusterIP' : publishing.type,
      ports: [{ name, port: IGNITION_PORT, targetPort: server.port, protocol: 'TCP', ...(nodePort === undefined ? {} : { nodePort }) }],
    },
  };
};

const slice = ({ namespace, owner, server }: IgnitionPublishing) => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { namespace, name, ownerReferences: [owner], labels: { 'kubernetes.io/service-name': name } },
  addressType: server.address.includes(':') ? 'IPv6' : 'IPv4',
  endpoints: [{ addresses: [server.address], conditions: { ready: true } }],
  ports: [{ name, port: server.port, protocol: 'TCP' }],
});

/** Writes the Service by which machines reach this process: it serves all control planes, wherever it runs. */
export const publishIgnition = (parts: IgnitionPublishing): Effect[] => [
  { do: 'apply', on: 'management', resource: Service, object: service(parts) },
  { do: 'apply', on: 'management', resource: EndpointSlice, object: slice(parts) },
];
