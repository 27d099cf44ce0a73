import { annotations, ClusterRole, ClusterRoleBinding, HostedCluster, HostedControlPlane, Namespace, NodePool } from '@godwit/api';
import { advance, type Effect, wait } from '@godwit/controller';
import type { KubeObject, Resource } from '@godwit/kube';
import { clusterApiRoleName } from '../../control-plane/components/cluster-api.ts';
import { MACHINE_KINDS } from '../bundle/collect.ts';
import { listServed } from '../list-served.ts';
import { movePhase, proving } from '../phase.ts';
import { Done, Working } from '../reasons.ts';
import type { Scope } from '../scope.ts';
import { poolsAt } from './freeze.ts';

/** An object that is to go. */
export type Left = { resource: Resource; object: KubeObject };

/** Lets an object go without the work that its finalizers stand for: what they would clean up lives on at the destination. */
export const lettingGo = (on: 'source' | 'target', { resource, object }: Left): Effect[] => {
  const { namespace, name = '', uid, finalizers = [] } = object.metadata;
  const at = { on, resource, name: { namespace, name } } as const;
  return [
    ...(finalizers.length > 0 ? [{ do: 'patch', ...at, patch: { metadata: { finalizers: null } } } as const] : []),
    { do: 'delete', ...at, ...(uid === undefined ? {} : { uid }) },
  ];
};

/** Everything of the hosted cluster that is in the namespace of its control plane and would act, or hold the namespace. */
const machinery = async (scope: Scope, side: 'source' | 'target'): Promise<Left[]> => {
  const { home } = scope.at[side];
  const kinds: readonly Resource[] = [...MACHINE_KINDS, HostedControlPlane];
  const lists = await Promise.all(
    kinds.map(async (resource) => ({
      resource,
      items: await listServed(scope[side], resource, home),
    })),
  );
  return lists.flatMap(({ resource, items }) => items.map((object) => ({ resource, object })));
};

/** What is left of the hosted cluster on one side. */
export const leftOn = async (scope: Scope, side: 'source' | 'target') => {
  const { namespace, name, home } = scope.at[side];
  const [cluster, homeNamespace, acting] = await Promise.all([
    scope[side].get(HostedCluster, { namespace, name }),
    scope[side].get<KubeObject>(Namespace, { name: home }),
    machinery(scope, side),
  ]);
  return { cluster, homeNamespace, acting };
};

/** What a control plane has in no namespace: it would stay behind, since nobody lets the control plane go in the usual way. */
export const unscoped = (on: 'source' | 'target', home: string): Effect[] =>
  [ClusterRoleBinding, ClusterRole].map((resource) => ({
    do: 'delete',
    on,
    resource,
    name: { name: clusterApiRoleName({ namespace: home }) },
  }));

/** Row 16: what is left on the source goes, of this hosted cluster and of nothing else; only with its name typed again. */
export const tearDownSource = movePhase({
  name: 'TearDownSource',
  step: 'Finish',
  description: 'Removing what is left of the hosted cluster on the source',
  when: (_scope, { spec }) => spec.confirmTeardown === spec.hostedCluster.name,
  observe: async (scope) => ({ ...(await leftOn(scope, 'source')), pools: await poolsAt(scope), now: scope.world.clock.now() }),
  decide: ({ cluster, homeNamespace, acting, pools, now }, { status }) => {
    if (cluster === undefined && homeNamespace === undefined && pools.length === 0) {
      const result = 'nothing of the hosted cluster is left on the source; its snapshot and its fence are';
      return proving(16, [{ name: 'source removed', result }], now, advance(Done({ what: result })));
    }
    if (cluster !== undefined && cluster.metadata.annotations?.[annotations.fence] !== status?.fence)
      return wait(Working({ what: 'The HostedCluster on the source does not carry the fence of this move: it is left alone' }), [], '30s');
    const effects = [
      ...acting.flatMap((left) => lettingGo('source', left)),
      ...pools.flatMap((object) => lettingGo('source', { resource: NodePool, object })),
      ...(homeNamespace === undefined
        ? []
        : [
            ...unscoped('source', homeNamespace.metadata.name ?? ''),
            { do: 'delete', on: 'source', resource: Namespace, name: { name: homeNamespace.metadata.name ?? '' } } as const,
          ]),
      ...(homeNamespace === undefined && cluster !== undefined ? lettingGo('source', { resource: HostedCluster, object: cluster }) : []),
    ];
    return wait(Working({ what: `Waiting for ${acting.length} objects and the namespace of the control plane to go` }), effects, '2s');
  },
});
