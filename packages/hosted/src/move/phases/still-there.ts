import type { HostedCluster, NodePool } from '@godwit/api';
import type { KubeObject } from '@godwit/kube';
import type { Move } from '../scope.ts';

const going =
  (kind: string) =>
  ({ metadata: { namespace, name, deletionTimestamp } }: KubeObject): string[] =>
    deletionTimestamp === undefined ? [] : [`${kind} ${namespace}/${name} is being deleted`];

/**
 * A hosted cluster as it is on its source, or in words what of it is gone or going: a moved one would come back. Pools that were noted at
 * the freeze are missed. Pure.
 */
export const wholeOf = (
  { cluster, pools }: { cluster: HostedCluster | undefined; pools: readonly NodePool[] },
  { spec, status }: Pick<Move, 'spec' | 'status'>,
): { cluster: HostedCluster } | { lost: string } => {
  const { namespace, name } = spec.hostedCluster;
  const missed = Object.keys(status?.source?.pools ?? {}).filter((pool) => !pools.some(({ metadata }) => metadata.name === pool));
  const lost = [
    ...(cluster === undefined ? [`HostedCluster ${namespace}/${name} is gone`] : going('HostedCluster')(cluster)),
    ...pools.flatMap(going('NodePool')),
    ...missed.map((pool) => `NodePool ${namespace}/${pool} is gone`),
  ];
  return cluster === undefined || lost.length > 0 ? { lost: lost.join(', ') } : { cluster };
};
