import { namespacePairs } from '../shared/namespace-pairs.ts';
import type { World } from '../world.ts';
import { flagsOf } from './flags.ts';
import type { Plan, Run, Scope } from './scope.ts';

/** Connects to both clusters of a run's plan; every read and write of its phases goes through what this returns. */
export const openScope = async (world: World, run: Run, plan: Plan, remember: (plan: Plan) => void = () => {}): Promise<Scope> => {
  const scope: Scope = {
    world,
    plan,
    source: await world.connections.of(plan.spec.srcMigClusterRef ?? {}),
    target: await world.connections.of(plan.spec.destMigClusterRef ?? {}),
    namespaces: namespacePairs(plan),
    flags: flagsOf(run, plan, world.settings.excludedResources),
    take: (read) => {
      remember(read);
      scope.plan = read;
      scope.flags = flagsOf(run, read, world.settings.excludedResources);
    },
  };
  return scope;
};
