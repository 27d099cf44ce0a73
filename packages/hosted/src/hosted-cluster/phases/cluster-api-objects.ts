import { annotations, Cluster, type HostedCluster, HostedControlPlane, LocalCluster } from '@godwit/api';
import type { Effect } from '@godwit/controller';
import { heldIn } from '../../hold.ts';
import { hasLocalInfrastructure } from '../facts.ts';
import { MANAGEMENT } from '../management.ts';
import type { Phase } from './phase.ts';

type Endpoint = { host: string; port: number };

const localCluster = (metadata: object, endpoint: Endpoint): Effect => ({
  do: 'apply',
  on: MANAGEMENT,
  resource: LocalCluster,
  object: { metadata, spec: { controlPlaneEndpoint: { host: endpoint.host, port: endpoint.port } } },
});

const networkOf = ({ networking }: HostedCluster['spec']) => ({
  pods: { cidrBlocks: networking.clusterNetwork.map(({ cidr }) => cidr) },
  services: { cidrBlocks: networking.serviceNetwork.map(({ cidr }) => cidr) },
});

const cluster = (metadata: object, { spec, metadata: { name = '' } }: HostedCluster, infraId: string): Effect => ({
  do: 'apply',
  on: MANAGEMENT,
  resource: Cluster,
  object: {
    metadata,
    spec: {
      clusterNetwork: networkOf(spec),
      controlPlaneRef: { apiGroup: HostedControlPlane.group, kind: HostedControlPlane.kind, name },
      infrastructureRef: { apiGroup: LocalCluster.group, kind: LocalCluster.kind, name: infraId },
    },
  },
});

/**
 * What Cluster API needs to act on machines: nothing on platform None, unless the cluster asks for local infrastructure. It comes when
 * the endpoint is known, so that Cluster API finds all of it at its first look. `paused` is not among it: that follows the cluster.
 */
export const clusterApiObjects: Phase = {
  name: 'ClusterAPIObjects',
  rank: 'critical',
  effects: ({ cluster: hosted, controlPlane, machines, home, namespace, name }) => {
    const { infraID: infraId } = hosted.spec;
    const endpoint = controlPlane?.status?.controlPlaneEndpoint;
    const isOff = hosted.metadata.annotations?.[annotations.disableMachineManagement] === 'true';
    // made anew it would act before it is paused
    const isHeld = machines === undefined && heldIn(hosted).has('machines');
    if (isOff || isHeld || !hasLocalInfrastructure(hosted) || !infraId || endpoint === undefined) return [];
    const metadata = { namespace: home, name: infraId, annotations: { [annotations.hostedCluster]: `${namespace}/${name}` } };
    return [localCluster(metadata, endpoint), cluster(metadata, hosted, infraId)];
  },
};
