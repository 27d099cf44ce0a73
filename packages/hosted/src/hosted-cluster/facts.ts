import { annotations, Cluster, ControlPlaneComponent, type HostedCluster, HostedControlPlane } from '@godwit/api';
import { controlPlaneNamespace } from '../names.ts';
import type { World } from '../world.ts';

/** What one pass over a HostedCluster has read. */
export type Facts = {
  cluster: HostedCluster;
  namespace: string;
  name: string;
  /** Namespace of the control plane's pods. */
  home: string;
  controlPlane: HostedControlPlane | undefined;
  components: readonly ControlPlaneComponent[];
  /** The cluster as Cluster API knows it; undefined when there is none, or machines are not ours. */
  machines: Cluster | undefined;
  now: Date;
};

/** Whether Cluster API acts on machines for this cluster. */
export const hasLocalInfrastructure = ({ metadata }: Pick<HostedCluster, 'metadata'>): boolean =>
  metadata.annotations?.[annotations.infrastructure] === 'local';

/** Reads what a pass is about; absent objects are values. */
export const gatherFacts = async ({ management, clock }: World, cluster: HostedCluster): Promise<Facts> => {
  const { namespace = '', name = '' } = cluster.metadata;
  const home = controlPlaneNamespace({ namespace, name });
  const infraId = cluster.spec.infraID;
  const [controlPlane, components, machines] = await Promise.all([
    management.get(HostedControlPlane, { namespace: home, name }),
    management.list(ControlPlaneComponent, { namespace: home }),
    infraId && hasLocalInfrastructure(cluster) ? management.get(Cluster, { namespace: home, name: infraId }) : undefined,
  ]);
  return { cluster, namespace, name, home, controlPlane, components: components.items, machines, now: clock.now() };
};
