import {
  annotations,
  finalizers,
  HostedCluster,
  LocalMachineTemplate,
  Machine,
  MachineDeployment,
  MachineHealthCheck,
  MachineSet,
  Node,
  NodePool,
  Secret,
} from '@godwit/api';
import { carryOut, type Effect, withFinalizer, withoutFinalizer } from '@godwit/controller';
import type { Client, KubeObject, Resource } from '@godwit/kube';
import { pauseOf } from '../hosted-cluster/pause/paused-until.ts';
import { fenced, reconciliationActive } from '../hosted-cluster/pause/reconciliation-active.ts';
import type { World } from '../world.ts';
import { decidePool } from './decide.ts';
import { takeApart } from './delete.ts';
import { bad, type PoolClaim, reasons } from './judge/claim.ts';
import { labelNodes } from './machines/label-nodes.ts';
import { templateName } from './machines/local.ts';
import { pauseMachines } from './machines/pause.ts';
import { namespaceOf, observePool, poolKey } from './observe.ts';
import { writePoolStatus } from './write-status.ts';

const FIELD_MANAGER = 'godwit-node-pool';

const perform = ({ management }: World, effects: readonly Effect[], hosted?: Client): Promise<void> =>
  carryOut(effects, { management, ...(hosted === undefined ? {} : { hosted }) }, { fieldManager: FIELD_MANAGER });

const claimOf = ({ type, status, reason, message }: ReturnType<typeof reconciliationActive>): PoolClaim => ({
  type,
  status,
  reason,
  message,
});

/** The objects of a pool in the namespace of its control plane: those that carry its key. */
const belonging = async <T extends KubeObject>(world: World, pool: NodePool, resource: Resource<T>): Promise<T[]> => {
  const reader = await world.cache(world.management, resource, { namespace: namespaceOf(pool) });
  const key = poolKey(pool);
  return reader
    .list(namespaceOf(pool))
    .filter(({ metadata }) => metadata.annotations?.[annotations.nodePool] === key || metadata.name === pool.metadata.name);
};

const acting = async (world: World, pool: NodePool) => {
  const [deployments, sets, healthChecks] = await Promise.all([
    belonging(world, pool, MachineDeployment),
    belonging(world, pool, MachineSet),
    belonging(world, pool, MachineHealthCheck),
  ]);
  return { deployments, sets, healthChecks };
};

const remove = async (world: World, pool: NodePool): Promise<void> => {
  const namespace = namespaceOf(pool);
  const key = poolKey(pool);
  const { management } = world;
  const mine = <T extends KubeObject>(items: readonly T[]): T[] =>
    items.filter(({ metadata }) => metadata.annotations?.[annotations.nodePool] === key);
  const [deployments, healthChecks, templates, machines, secrets] = await Promise.all([
    management.list(MachineDeployment, { namespace }),
    management.list(MachineHealthCheck, { namespace }),
    management.list(LocalMachineTemplate, { namespace }),
    management.list(Machine, { namespace }),
    management.list(Secret, { namespace }),
  ]);
  const name = pool.metadata.name ?? '';
  const { effects, waiting } = takeApart({
    deployments: mine(deployments.items),
    healthChecks: healthChecks.items.filter(({ metadata }) => metadata.name === name),
    templates: templates.items.filter(({ metadata }) => metadata.name === templateName(name)),
    machines: mine(machines.items),
    secrets: mine(secrets.items),
  });
  await perform(world, effects);
  if (waiting === undefined) await withoutFinalizer(management, NodePool, pool, finalizers.hypershift);
  else await writePoolStatus(world, pool, [bad('Ready', 'Deleting', `Waiting for ${waiting} to go`, 'Info')]);
};

const rest = async (world: World, pool: NodePool, claim: PoolClaim): Promise<void> => {
  await perform(world, pauseMachines(await acting(world, pool), true));
  await writePoolStatus(world, pool, [claim]);
};

const markNodes = async (world: World, pool: NodePool, machines: readonly Machine[]): Promise<void> => {
  if (machines.every(({ status }) => status?.nodeRef === undefined)) return;
  const hosted = await world.hosted.of({ namespace: namespaceOf(pool), name: pool.spec.clusterName });
  if (hosted === undefined) return;
  const nodes = await world.cache(hosted, Node);
  await perform(world, labelNodes(pool, machines, nodes.list()), hosted);
};

const work = async (world: World, pool: NodePool, cluster: HostedCluster): Promise<void> => {
  await perform(world, pauseMachines(await acting(world, pool), false));
  const facts = await observePool(world, pool, cluster);
  const { claims, gone, status, effects } = decidePool(facts);
  const active = claimOf(reconciliationActive(pool.spec.pausedUntil, facts.now));
  await writePoolStatus(world, pool, [...claims, active], gone, status);
  await perform(world, effects);
  await markNodes(world, pool, facts.machines);
};

/** Works on a pool once. Resolves to the seconds after which it must be looked at again; undefined: when something changes. */
export const reconcilePool = async (world: World, found: NodePool): Promise<number | undefined> => {
  const { namespace, name = '' } = found.metadata;
  const cluster = await world.management.get(HostedCluster, { namespace, name: found.spec.clusterName });
  const fence = cluster?.metadata.annotations?.[annotations.fence];
  if (found.metadata.deletionTimestamp !== undefined) {
    // The machines of a fenced cluster are somebody else's by now; what is left of them here goes with their cluster.
    if (fence === undefined) await remove(world, found);
    else await withoutFinalizer(world.management, NodePool, found, finalizers.hypershift);
    return undefined;
  }
  const pool = await withFinalizer(world.management, NodePool, found, finalizers.hypershift);
  if (cluster === undefined) {
    await writePoolStatus(world, pool, [
      bad(
        'Ready',
        reasons.notFound,
        `HostedCluster ${namespace}/${pool.spec.clusterName} not found; create it, or delete NodePool ${name}`,
      ),
    ]);
    return undefined;
  }
  if (fence !== undefined) {
    await writePoolStatus(world, pool, [claimOf(fenced(fence))]);
    return undefined;
  }
  const pause = pauseOf(pool.spec.pausedUntil, world.clock.now());
  if (pause.paused) {
    await rest(world, pool, claimOf(reconciliationActive(pool.spec.pausedUntil, world.clock.now())));
    return pause.secondsLeft;
  }
  await work(world, pool, cluster);
  return undefined;
};
