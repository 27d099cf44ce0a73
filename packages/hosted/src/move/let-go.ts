import { annotations, ClusterRole, ClusterRoleBinding, HostedControlPlane, Namespace, NodePool } from '@godwit/api';
import type { Effect } from '@godwit/controller';
import type { Client, KubeObject, Resource } from '@godwit/kube';
import { clusterApiRoleName } from '../control-plane/components/cluster-api.ts';
import { MACHINE_KINDS } from './bundle/collect.ts';
import { listServed } from './list-served.ts';
import type { Place } from './scope.ts';

/** An object that is to go. */
export type Left = { resource: Resource; object: KubeObject };

/** Lets an object go without the work that its finalizers stand for: what they would clean up lives on elsewhere. */
export const lettingGo = (on: string, { resource, object }: Left): Effect[] => {
  const { namespace, name = '', uid, finalizers = [] } = object.metadata;
  const at = { on, resource, name: { namespace, name } } as const;
  return [
    ...(finalizers.length > 0 ? [{ do: 'patch', ...at, patch: { metadata: { finalizers: null } } } as const] : []),
    { do: 'delete', ...at, ...(uid === undefined ? {} : { uid }) },
  ];
};

/** What a control plane has in no namespace: it would stay behind, since nobody lets the control plane go in the usual way. */
export const unscoped = (on: string, home: string): Effect[] =>
  [ClusterRoleBinding, ClusterRole].map((resource) => ({
    do: 'delete',
    on,
    resource,
    name: { name: clusterApiRoleName({ namespace: home }) },
  }));

/** Everything in the namespace of a control plane that would act, or hold the namespace. */
export const machineryIn = async (client: Client, home: string): Promise<Left[]> => {
  const kinds: readonly Resource[] = [...MACHINE_KINDS, HostedControlPlane];
  const lists = await Promise.all(kinds.map(async (resource) => ({ resource, items: await listServed(client, resource, home) })));
  return lists.flatMap(({ resource, items }) => items.map((object) => ({ resource, object })));
};

/** What is left of a hosted cluster where it does not run any more, beside the HostedCluster itself. */
export type Remains = { home: KubeObject | undefined; acting: readonly Left[]; pools: readonly NodePool[] };

/** Reads what is left of a hosted cluster; a namespace that was made for another one is no part of it. */
export const remainsOf = async (client: Client, { namespace, name, home }: Place): Promise<Remains> => {
  const [found, acting, pools] = await Promise.all([
    client.get<KubeObject>(Namespace, { name: home }),
    machineryIn(client, home),
    client.list(NodePool, { namespace }),
  ]);
  const isOurs = found?.metadata.annotations?.[annotations.hostedCluster] === `${namespace}/${name}`;
  return {
    ...(isOurs ? { home: found, acting } : { home: undefined, acting: [] }),
    pools: pools.items.filter(({ spec }) => spec.clusterName === name),
  };
};

/** Lets go all that is left, and nothing of it is cleaned up: its machines, nodes and names are those of the cluster that runs elsewhere. Pure. */
export const lettingAllGo = (on: string, { home, acting, pools }: Remains): Effect[] => [
  ...acting.flatMap((left) => lettingGo(on, left)),
  ...pools.flatMap((object) => lettingGo(on, { resource: NodePool, object })),
  ...(home === undefined
    ? []
    : [
        ...unscoped(on, home.metadata.name ?? ''),
        { do: 'delete', on, resource: Namespace, name: { name: home.metadata.name ?? '' } } as const,
      ]),
];
