import { Cluster, Machine, MachineDeployment, type MoveNode, NodePool } from '@godwit/api';
import { advance, type Effect, wait } from '@godwit/controller';
import { listServed } from '../list-served.ts';
import { movePhase, proving } from '../phase.ts';
import { Done, Working } from '../reasons.ts';
import { holding } from './dns.ts';

/** Machines that had a node before the move and have none yet, so that Cluster API could think of building others. */
export const notAdopted = (machines: readonly Machine[], before: readonly MoveNode[]): string[] => {
  const known = new Set(before.map(({ machine }) => machine));
  return machines.flatMap(({ metadata: { name }, status }) => (status?.nodeRef === undefined && known.has(name) ? [name ?? ''] : []));
};

/** Whether every machine of a moved node is there. */
export const areAllThere = (machines: readonly Machine[], before: readonly MoveNode[]): boolean => {
  const there = new Set(machines.map(({ spec }) => spec.providerID));
  return before.every(({ machine, providerID }) => machine === undefined || there.has(providerID));
};

const unpause = (pools: readonly NodePool[], before: Record<string, string | null>): Effect[] =>
  pools
    .filter(({ metadata, spec }) => (spec.pausedUntil ?? null) !== (before[metadata.name ?? ''] ?? null))
    .map(({ metadata: { namespace, name = '' } }) => ({
      do: 'patch',
      on: 'target',
      resource: NodePool,
      name: { namespace, name },
      patch: { spec: { pausedUntil: before[name] ?? null } },
    }));

/** Row 14: machines first, pools last, so that no pool builds what is only not adopted yet. */
export const unfreeze = movePhase({
  name: 'Unfreeze',
  step: 'Return',
  description: 'Letting the machines and the pools work again on the destination',
  when: (_scope, { spec }) => spec.mode === 'WithNodes',
  observe: async (scope, move) => {
    const pools = (await scope.target.list(NodePool, { namespace: scope.at.target.namespace })).items.filter(
      ({ spec }) => spec.clusterName === scope.at.target.name,
    );
    const { home } = scope.at.target;
    const [machines, deployments, clusters] = await Promise.all([
      listServed(scope.target, Machine, home),
      listServed(scope.target, MachineDeployment, home),
      listServed(scope.target, Cluster, home),
    ]);
    const before = (move.status?.source?.pools ?? {}) as Record<string, string | null>;
    return {
      machines,
      deployments,
      clusters,
      pools,
      release: holding(scope, 'target'),
      letGo: unpause(pools, before),
      now: scope.world.clock.now(),
    };
  },
  decide: ({ machines, deployments, clusters, pools, release, letGo, now }, { status }) => {
    const before = status?.nodes ?? [];
    if (clusters.some(({ spec }) => spec.paused === true))
      return wait(Working({ what: 'Waiting for Cluster API to take the machines' }), release, '1s');
    const strange = notAdopted(machines, before);
    if (strange.length > 0) return wait(Working({ what: `Waiting for machines to be adopted: ${strange.join(', ')}` }), release, '2s');
    if (!areAllThere(machines, before)) return wait(Working({ what: 'The machines are not those that were moved' }), release, '5s');
    if (letGo.length > 0) return wait(Working({ what: 'Waiting for the pools to work again' }), [...release, ...letGo], '1s');
    const unsettled = deployments.filter(({ spec, status: is }) => (is?.upToDateReplicas ?? 0) !== (spec.replicas ?? 0));
    if (unsettled.length > 0)
      return wait(Working({ what: `Waiting for ${unsettled.map(({ metadata }) => metadata.name).join(', ')} to settle` }), [], '2s');
    const result = `${machines.length} machines adopted, ${pools.length} pools work, none was built anew`;
    return proving(14, [{ name: 'machines', result }], now, advance(Done({ what: result }), release));
  },
});
