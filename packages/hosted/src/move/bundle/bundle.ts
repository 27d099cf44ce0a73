import type { KubeObject } from '@godwit/kube';

/** An object of the bundle, as it goes to the destination: without what only its first cluster knows. */
export type Packed = KubeObject;

/** All objects of a hosted cluster, by the order in which they are put up again. */
export type Bundle = {
  version: 1;
  /** UID of the move that made it. */
  move: string;
  source: { namespace: string; name: string; home: string };
  /** Secrets and ConfigMaps beside the HostedCluster. */
  references: readonly Packed[];
  /** Secrets of the control plane. */
  keys: readonly Packed[];
  controlPlane: Packed;
  /** Cluster API and infrastructure: Cluster, its infrastructure, templates, infrastructure machines, deployments, sets, machines. */
  machines: readonly Packed[];
  cluster: Packed;
  pools: readonly Packed[];
};

/** Every object of a bundle, in its order. */
export const objectsOf = (bundle: Bundle): readonly Packed[] => [
  ...bundle.references,
  ...bundle.keys,
  bundle.controlPlane,
  ...bundle.machines,
  bundle.cluster,
  ...bundle.pools,
];

/** How many objects of each kind. */
export const countsOf = (bundle: Bundle): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { kind = '' } of objectsOf(bundle)) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};
