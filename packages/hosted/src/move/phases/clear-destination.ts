import { annotations, ConfigMap, HostedCluster, LocalMachine, Namespace, NodePool, Secret } from '@godwit/api';
import { advance, type Effect, wait } from '@godwit/controller';
import type { KubeObject, Resource } from '@godwit/kube';
import { referencesOf } from '../bundle/collect.ts';
import { type Left, lettingGo, machineryIn, unscoped } from '../let-go.ts';
import { listServed } from '../list-served.ts';
import { MOVED_BY } from '../names.ts';
import { movePhase } from '../phase.ts';
import { Done, Working } from '../reasons.ts';
import { clusterAt, type Scope } from '../scope.ts';

const isOurs = (object: KubeObject | undefined, move: string): boolean => object?.metadata.annotations?.[MOVED_BY] === move;

type Shared = { cluster: HostedCluster; pools: readonly NodePool[] };

/** What this move has brought along and no other hosted cluster refers to by now. Pure. */
export const unshared = (brought: readonly Left[], others: readonly Shared[], move: string): Left[] => {
  const used = new Set(others.flatMap(({ cluster, pools }) => referencesOf(cluster, pools).map(({ kind, name }) => `${kind} ${name}`)));
  return brought.filter(({ resource, object }) => isOurs(object, move) && !used.has(`${resource.kind} ${object.metadata.name}`));
};

/** Secrets and ConfigMaps beside the HostedCluster that came with this move. */
const broughtAlong = async ({ target, at, move }: Scope, pools: readonly NodePool[]): Promise<Left[]> => {
  const { namespace, name } = at.target;
  const clusters = (await target.list(HostedCluster, { namespace })).items.filter(({ metadata }) => metadata.name !== name);
  const others = clusters.map((cluster) => ({
    cluster,
    pools: pools.filter(({ spec }) => spec.clusterName === cluster.metadata.name),
  }));
  const lists = await Promise.all(
    ([Secret, ConfigMap] as readonly Resource[]).map(async (resource) =>
      (await target.list(resource, { namespace })).items.map((object) => ({ resource, object })),
    ),
  );
  return unshared(lists.flat(), others, move.metadata.uid ?? '');
};

const sparing = ({ metadata: { namespace, name = '' } }: LocalMachine): Effect => ({
  do: 'patch',
  on: 'target',
  resource: LocalMachine,
  name: { namespace, name },
  patch: { metadata: { annotations: { [annotations.fence]: 'undone' } } },
});

/** Takes away what this move has made on the destination; machines live on, they still belong to the source. */
export const clearDestination = movePhase({
  name: 'ClearDestination',
  step: 'Undo',
  description: 'Removing what the move has made on the destination',
  observe: async (scope, { metadata }) => {
    const { target, at } = scope;
    const pools = (await target.list(NodePool, { namespace: at.target.namespace })).items;
    const [cluster, homeNamespace, acting, brought, machines] = await Promise.all([
      clusterAt(scope, 'target'),
      target.get<KubeObject>(Namespace, { name: at.target.home }),
      machineryIn(target, at.target.home),
      broughtAlong(scope, pools),
      listServed(target, LocalMachine, at.target.home),
    ]);
    return { cluster, homeNamespace, acting, brought, machines, pools: pools.filter((pool) => isOurs(pool, metadata.uid ?? '')) };
  },
  decide: ({ cluster, homeNamespace, acting, brought, pools, machines }, { metadata }) => {
    const move = metadata.uid ?? '';
    const ours = isOurs(cluster, move) ? cluster : undefined;
    const home = isOurs(homeNamespace, move) ? homeNamespace : undefined;
    if (ours === undefined && home === undefined && pools.length === 0 && brought.length === 0)
      return advance(Done({ what: 'Nothing of the move is left on the destination' }));
    // A namespace that this move did not make is another hosted cluster's.
    const machinery = home === undefined ? [] : acting;
    const spared =
      home === undefined ? [] : machines.filter(({ metadata: { annotations: known } }) => known?.[annotations.fence] === undefined);
    if (spared.length > 0) return wait(Working({ what: 'Sparing the machines' }), spared.map(sparing), '1s');
    const effects = [
      ...machinery.flatMap((left) => lettingGo('target', left)),
      ...pools.flatMap((object) => lettingGo('target', { resource: NodePool, object })),
      ...(ours === undefined ? [] : lettingGo('target', { resource: HostedCluster, object: ours })),
      ...(home === undefined
        ? []
        : [
            ...unscoped('target', home.metadata.name ?? ''),
            { do: 'delete', on: 'target', resource: Namespace, name: { name: home.metadata.name ?? '' } } as const,
          ]),
      ...(ours === undefined ? brought.flatMap((left) => lettingGo('target', left)) : []),
    ];
    return wait(Working({ what: 'Waiting for the destination to be empty' }), effects, '2s');
  },
});
