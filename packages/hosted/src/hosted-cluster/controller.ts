import {
  annotations,
  Cluster,
  ConfigMap,
  ControlPlaneComponent,
  HostedCluster,
  HostedControlPlane,
  LocalCluster,
  labels,
  Namespace,
  NodePool,
  Secret,
} from '@godwit/api';
import { type Controller, keyOf, nameOf, type Round, type Source } from '@godwit/controller';
import type { KubeObject } from '@godwit/kube';
import { controlPlaneNamespace } from '../names.ts';
import type { World } from '../world.ts';
import { allReferencesOf } from './copies/references.ts';
import { hasLocalInfrastructure } from './facts.ts';
import { createInterests, type Interests } from './interests.ts';
import { pass } from './pass.ts';

const clusterNamedBy = ({ metadata }: KubeObject): string[] => {
  const cluster = metadata.annotations?.[annotations.hostedCluster];
  return cluster === undefined ? [] : [cluster];
};

/** A pool matters only to the deletion of its cluster. */
const clusterOfGoingPool = ({ metadata, ...pool }: KubeObject): string[] =>
  metadata.deletionTimestamp ? [`${metadata.namespace}/${(pool as NodePool).spec.clusterName}`] : [];

const sourcesOf = ({ management: client }: World, interests: Interests): Source[] => [
  { client, resource: HostedCluster, keys: (cluster) => [keyOf(cluster)] },
  { client, resource: HostedControlPlane, keys: clusterNamedBy },
  { client, resource: ControlPlaneComponent, keys: ({ metadata }) => interests.ofHome(metadata.namespace ?? '') },
  { client, resource: Namespace, labelSelector: `${labels.hostedControlPlane}=true`, keys: clusterNamedBy },
  { client, resource: NodePool, keys: clusterOfGoingPool },
];

/** Watches what a cluster refers to, and what its control plane hands out. */
const watchAround = ({ management: client }: World, cluster: HostedCluster, interests: Interests, round: Round): void => {
  const { namespace = '', name = '' } = cluster.metadata;
  const home = controlPlaneNamespace({ namespace, name });
  const references = allReferencesOf(cluster.spec).map((each) => ({ kind: each.kind, namespace, name: each.name }));
  const outputs = ['admin-kubeconfig', 'custom-admin-kubeconfig', 'kubeadmin-password'].map((each) => ({
    kind: 'Secret',
    namespace: home,
    name: each,
  }));
  interests.set(keyOf(cluster), { home, references: [...references, ...outputs] });
  const keys = interests.ofReferenced;
  round.watch({ client, resource: Secret, namespace, keys });
  round.watch({ client, resource: ConfigMap, namespace, keys });
  round.watch({ client, resource: Secret, namespace: home, keys });
  if (!hasLocalInfrastructure(cluster)) return;
  round.watch({ client, resource: Cluster, keys: clusterNamedBy });
  round.watch({ client, resource: LocalCluster, keys: clusterNamedBy });
};

/** Keeps a control plane for each HostedCluster, and takes it down with it. */
export const hostedClusterController = (world: World): Controller => {
  const interests = createInterests();
  return {
    name: 'hostedcluster',
    sources: sourcesOf(world, interests),
    reconcile: async (key, round) => {
      const cluster = await world.management.get(HostedCluster, nameOf(key));
      if (cluster === undefined) {
        interests.drop(key);
        return undefined;
      }
      watchAround(world, cluster, interests, round);
      return pass(world, cluster, round.signal);
    },
  };
};
