import { MigMigration } from '@godwit/api';
import { isTrue } from '@godwit/controller';
import type { Plan, Run, Scope } from './scope.ts';

/** Every run of the plan, this one included, oldest first. */
export const runsOfPlan = async ({ world, plan }: { world: Scope['world']; plan: Plan }): Promise<Run[]> => {
  const { items } = await world.connections.host.list(MigMigration, { namespace: world.settings.namespace });
  const runs = items.filter(({ spec }) => spec.migPlanRef?.name === plan.metadata.name);
  return runs.toSorted((a, b) => (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? ''));
};

/** Whether a condition of this type holds for the run. */
export const holds = ({ status }: Run, type: string): boolean => isTrue(status?.conditions, type);
