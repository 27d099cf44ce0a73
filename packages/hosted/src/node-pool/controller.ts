import { ConfigMap, HostedCluster, HostedControlPlane, Machine, MachineDeployment, NodePool, Secret } from '@godwit/api';
import { type Controller, keyOf, nameOf, type Reader, type Round } from '@godwit/controller';
import type { KubeObject } from '@godwit/kube';
import type { World } from '../world.ts';
import { janitorController } from './janitor-controller.ts';
import { namespaceOf } from './observe.ts';
import { reconcilePool } from './reconcile.ts';

/** How long a token may go unlooked at: it is exchanged at half of its life. */
const LOOK_AGAIN = '30m';

type Pools = { reader?: Reader<NodePool> };

const poolsWhere = ({ reader }: Pools, holds: (pool: NodePool) => boolean): string[] => (reader?.list() ?? []).filter(holds).map(keyOf);

const watchFor = (world: World, round: Round, pools: Pools, pool: NodePool): void => {
  const { management: client } = world;
  const namespace = namespaceOf(pool);
  const inControlPlane = (object: KubeObject) => poolsWhere(pools, (each) => namespaceOf(each) === object.metadata.namespace);
  for (const resource of [MachineDeployment, Machine, ConfigMap, Secret])
    round.watch<KubeObject>({ client, resource, namespace, keys: inControlPlane });
  round.watch({
    client,
    resource: ConfigMap,
    namespace: pool.metadata.namespace ?? '',
    keys: ({ metadata }) =>
      poolsWhere(
        pools,
        (each) => each.metadata.namespace === metadata.namespace && (each.spec.config ?? []).some(({ name }) => name === metadata.name),
      ),
  });
};

/** Turns NodePools into machines: Secrets that they start from, and the objects that Cluster API acts on. */
export const nodePoolControllers = (world: World): Controller[] => {
  const pools: Pools = {};
  const ofCluster = ({ metadata }: KubeObject) =>
    poolsWhere(pools, (pool) => pool.metadata.namespace === metadata.namespace && pool.spec.clusterName === metadata.name);
  const ofControlPlane = ({ metadata }: KubeObject) => poolsWhere(pools, (pool) => namespaceOf(pool) === metadata.namespace);
  const { management: client } = world;
  return [
    {
      name: 'nodepool',
      sources: [
        { client, resource: NodePool, keys: (pool) => [keyOf(pool)] },
        { client, resource: HostedCluster, keys: ofCluster },
        { client, resource: HostedControlPlane, keys: ofControlPlane },
      ],
      reconcile: async (key, round) => {
        pools.reader ??= await world.cache(client, NodePool);
        const pool = await client.get(NodePool, nameOf(key));
        if (pool === undefined) return undefined;
        watchFor(world, round, pools, pool);
        const seconds = await reconcilePool(world, pool);
        return { after: seconds === undefined ? LOOK_AGAIN : `${Math.ceil(seconds)}s` };
      },
    },
    janitorController(world),
  ];
};
