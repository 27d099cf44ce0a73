import { Cluster, Machine, MachineDeployment, type MoveNode, NodePool } from '@godwit/api';
import { advance, type Effect, wait } from '@godwit/controller';
import { listServed } from '../list-served.ts';
import { movePhase, proving } from '../phase.ts';
import { Done, Working } from '../reasons.ts';
import { holding } from './dns.ts';
import { PATIENCE_SECONDS, secondsIn } from './patience.ts';

/** Machines of moved nodes that Cluster API has not taken yet, or that are not there; unpaused pools could think of building others. */
export const missingMachines = (machines: readonly Machine[], before: readonly MoveNode[]): string[] => {
  const known = new Set(before.map(({ machine }) => machine));
  const there = new Set(machines.map(({ spec }) => spec.providerID));
  return [
    ...machines.flatMap(({ metadata: { name }, status }) =>
      status?.nodeRef === undefined && known.has(name) ? [`${name}: not adopted`] : [],
    ),
    ...before.flatMap(({ machine, providerID }) => (machine === undefined || there.has(providerID) ? [] : [`${machine}: it is not there`])),
  ];
};

/** Deployments whose machines are not all as they want them. */
const unsettledIn = (deployments: readonly MachineDeployment[]): string[] =>
  deployments.flatMap(({ metadata: { name = '' }, spec, status }) =>
    (status?.upToDateReplicas ?? 0) === (spec.replicas ?? 0) ? [] : [name],
  );

const resultOf = (adopted: number, pools: number, missing: readonly string[], unsettled: readonly string[]): string =>
  [
    `${adopted} machines adopted, ${pools} pools work${missing.length + unsettled.length === 0 ? ', none was built anew' : ''}`,
    ...(missing.length === 0 ? [] : [`not waited for any longer: ${missing.join('; ')}`]),
    ...(unsettled.length === 0 ? [] : [`not settled yet: ${unsettled.join(', ')}`]),
  ].join('; ');

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

/**
 * Row 14: machines first, pools last, so that no pool builds what is only not adopted yet. A machine that does not come is named after a
 * while, since nobody but its pool can replace it.
 */
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
    const now = scope.world.clock.now();
    const before = (move.status?.source?.pools ?? {}) as Record<string, string | null>;
    return {
      machines,
      deployments,
      clusters,
      pools,
      release: holding(scope, 'target'),
      letGo: unpause(pools, before),
      seconds: secondsIn(move, 'Unfreeze', now),
      now,
    };
  },
  decide: ({ machines, deployments, clusters, pools, release, letGo, seconds, now }, { status }) => {
    if (clusters.some(({ spec }) => spec.paused === true))
      return wait(Working({ what: 'Waiting for Cluster API to take the machines' }), release, '1s');
    const isPatient = seconds <= PATIENCE_SECONDS;
    const missing = missingMachines(machines, status?.nodes ?? []);
    if (missing.length > 0 && isPatient) return wait(Working({ what: `Waiting for machines: ${missing.join('; ')}` }), release, '2s');
    if (letGo.length > 0) return wait(Working({ what: 'Waiting for the pools to work again' }), [...release, ...letGo], '1s');
    const unsettled = unsettledIn(deployments);
    if (unsettled.length > 0 && isPatient) return wait(Working({ what: `Waiting for ${unsettled.join(', ')} to settle` }), [], '2s');
    const adopted = machines.filter((machine) => machine.status?.nodeRef !== undefined).length;
    const result = resultOf(adopted, pools.length, missing, unsettled);
    return proving(14, [{ name: 'machines', result }], now, advance(Done({ what: result }), release));
  },
});
