import { MigPlan } from '@godwit/api';
import type { Latest } from '@godwit/controller';
import { namespacePairs } from '../shared/namespace-pairs.ts';
import type { World } from '../world.ts';
import { flagsOf } from './flags.ts';
import type { Plan, Run, Scope } from './scope.ts';

/**
 * Connects to both clusters of a run's plan; every read and write of its phases goes through what this returns.
 * Without `plans`, a refreshed plan is read with the client.
 */
export const openScope = async (world: World, run: Run, found: Plan, plans?: Latest<Plan>): Promise<Scope> => {
  const scope: Scope = {
    world,
    plan: found,
    source: await world.connections.of(found.spec.srcMigClusterRef ?? {}),
    target: await world.connections.of(found.spec.destMigClusterRef ?? {}),
    namespaces: namespacePairs(found),
    flags: flagsOf(run, found, world.settings.excludedResources),
    refresh: async () => {
      const { namespace, name = '' } = found.metadata;
      const plan = await (plans?.get({ namespace, name }) ?? world.connections.host.get(MigPlan, { namespace, name }));
      if (plan === undefined) return undefined;
      scope.plan = plan;
      scope.flags = flagsOf(run, plan, world.settings.excludedResources);
      return plan;
    },
  };
  return scope;
};
