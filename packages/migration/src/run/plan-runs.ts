import { MigMigration } from '@godwit/api';
import { isTrue } from '@godwit/controller';
import type { Plan, Run, Scope } from './scope.ts';

/** The runs of a plan among all, oldest first. */
export const runsAmong = (all: readonly Run[], plan: Plan): Run[] =>
  all
    .filter(({ spec }) => spec.migPlanRef?.name === plan.metadata.name)
    .toSorted((a, b) => (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? ''));

/** Every run of the plan, this one included, oldest first; the watch that showed a run has shown what others were before it. */
export const runsOfPlan = async ({ world, plan }: Pick<Scope, 'world' | 'plan'>): Promise<Run[]> =>
  runsAmong((await world.cache(world.connections.host, MigMigration, { namespace: world.settings.namespace })).list(), plan);

/** Whether a condition of this type holds for the run. */
export const holds = ({ status }: Run, type: string): boolean => isTrue(status?.conditions, type);
