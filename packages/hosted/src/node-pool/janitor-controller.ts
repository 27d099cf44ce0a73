import { annotations, HostedCluster, HostedControlPlane, NodePool, Secret } from '@godwit/api';
import { type Controller, carryOut, type Effect, nameOf } from '@godwit/controller';
import { pauseOf } from '../hosted-cluster/pause/paused-until.ts';
import { controlPlaneNamespace } from '../names.ts';
import type { World } from '../world.ts';
import { namespaceOf, poolKey } from './observe.ts';
import { judgeSecret, type Owner } from './token/janitor.ts';

const FIELD_MANAGER = 'godwit-node-pool';
const LOOK_AGAIN = '30m';

/** The configuration that a pool's machines are made of now: the one that its newest user data is named after. */
const ownerOf =
  (pools: readonly NodePool[], current: ReadonlyMap<string, string>) =>
  (key: string): Owner => {
    const pool = pools.find((each) => poolKey(each) === key);
    return pool === undefined ? undefined : { poolName: pool.metadata.name ?? '', hash: current.get(key) };
  };

const effectOf = (secret: Secret, verdict: ReturnType<typeof judgeSecret>): Effect[] => {
  const { namespace, name = '', uid } = secret.metadata;
  const at = { on: 'management', resource: Secret, name: { namespace, name } } as const;
  if (verdict === 'keep') return [];
  if (verdict === 'delete') return [{ do: 'delete', ...at, ...(uid === undefined ? {} : { uid }) }];
  return [{ do: 'patch', ...at, patch: { metadata: { annotations: { [annotations.ignitionTokenExpiration]: verdict.expire } } } }];
};

/** While a cluster rests, or is being put together again, its Secrets may come before their pools. */
const mayClean = async ({ management, clock }: World, { metadata, spec }: HostedControlPlane): Promise<boolean> => {
  if (metadata.deletionTimestamp !== undefined || pauseOf(spec.pausedUntil, clock.now()).paused) return false;
  const { items } = await management.list(HostedCluster);
  const cluster = items.find(
    (each) => controlPlaneNamespace({ namespace: each.metadata.namespace ?? '', name: each.metadata.name ?? '' }) === metadata.namespace,
  );
  return (
    cluster !== undefined &&
    cluster.metadata.annotations?.[annotations.fence] === undefined &&
    !pauseOf(cluster.spec.pausedUntil, clock.now()).paused
  );
};

/** Clears away the Secrets that configurations of the past have left behind. */
export const janitorController = (world: World): Controller => ({
  name: 'nodepool-secrets',
  concurrency: 1,
  sources: [{ client: world.management, resource: HostedControlPlane, keys: ({ metadata }) => [`${metadata.namespace}/${metadata.name}`] }],
  reconcile: async (key) => {
    const { management, clock } = world;
    const controlPlane = await management.get(HostedControlPlane, nameOf(key));
    if (controlPlane === undefined || !(await mayClean(world, controlPlane))) return undefined;
    const { namespace } = controlPlane.metadata;
    const [{ items: secrets }, { items: all }] = await Promise.all([management.list(Secret, { namespace }), management.list(NodePool)]);
    const pools = all.filter((pool) => namespaceOf(pool) === namespace);
    const current = new Map(
      pools.flatMap((pool) => {
        const hash = pool.metadata.annotations?.[annotations.nodePoolTargetConfigVersion];
        return hash === undefined ? [] : [[poolKey(pool), hash] as const];
      }),
    );
    const effects = secrets.flatMap((secret) => effectOf(secret, judgeSecret(secret, ownerOf(pools, current), clock.now())));
    await carryOut(effects, { management }, { fieldManager: FIELD_MANAGER });
    return { after: LOOK_AGAIN };
  },
});
