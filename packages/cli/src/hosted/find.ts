import { ControlPlaneComponent, HostedCluster, HostedControlPlane, NodePool } from '@godwit/api';
import { controlPlaneNamespace } from '@godwit/hosted';
import type { Client } from '@godwit/kube';
import type { Invocation } from '../invocation.ts';
import { found } from '../lookup.ts';

/** A hosted cluster by its name; `invocation` looks in the namespace of hosted clusters. */
export const foundCluster = (invocation: Invocation, text: string): Promise<HostedCluster> =>
  found(invocation, 'hosted', HostedCluster, text);

/** The namespace with the pods of a control plane. */
export const homeOf = ({ metadata: { namespace = '', name = '' } }: HostedCluster): string => controlPlaneNamespace({ namespace, name });

/** The pools of a hosted cluster, by name. */
export const poolsOf = async (client: Client, { metadata }: HostedCluster): Promise<NodePool[]> =>
  (await client.list(NodePool, { namespace: metadata.namespace })).items
    .filter(({ spec }) => spec.clusterName === metadata.name)
    .toSorted((a, b) => (a.metadata.name ?? '').localeCompare(b.metadata.name ?? ''));

/** The components of a control plane, by name. */
export const componentsOf = async (client: Client, cluster: HostedCluster): Promise<ControlPlaneComponent[]> =>
  (await client.list(ControlPlaneComponent, { namespace: homeOf(cluster) })).items.toSorted((a, b) =>
    (a.metadata.name ?? '').localeCompare(b.metadata.name ?? ''),
  );

/** The control plane of a hosted cluster; undefined before it is made. */
export const planeOf = (client: Client, cluster: HostedCluster): Promise<HostedControlPlane | undefined> =>
  client.get(HostedControlPlane, { namespace: homeOf(cluster), name: cluster.metadata.name ?? '' });
