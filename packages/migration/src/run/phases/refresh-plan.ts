import { MigPlan } from '@godwit/api';
import { advance, blocks, fail, isTrue, wait } from '@godwit/controller';
import { PlanNotReady, PlanRefreshed, PlanRefreshing, RefreshRequested } from '../reasons.ts';
import { type Plan, runPhase } from '../scope.ts';

/** Asks the plan to look at clusters, volumes and storage once more, since it may have been written days ago. */
export const startRefresh = runPhase({
  name: 'StartRefresh',
  step: 'Prepare',
  description: 'Starting refresh on MigPlan, MigStorage and MigCluster resources',
  observe: async ({ plan }) => plan.metadata,
  decide: ({ namespace, name = '' }) =>
    advance(RefreshRequested(), [
      { do: 'patch', on: 'host', resource: MigPlan, name: { namespace, name }, patch: { spec: { refresh: true } } },
    ]),
});

type Condition = NonNullable<NonNullable<Plan['status']>['conditions']>[number];

const blockers = (conditions: readonly Condition[]): string =>
  conditions
    .filter(blocks)
    .map(({ type, message }) => `${type}: ${message ?? ''}`)
    .join('; ');

/** Blockers that an outage causes and its end cures; the deadline decides when they have lasted too long. */
const MAY_PASS = new Set(['SourceClusterNotReady', 'DestinationClusterNotReady', 'StorageNotReady']);

/** A plan that is neither ready nor blocked has not been judged to the end, as when its cluster went away meanwhile. */
const mayPass = (conditions: readonly Condition[]): boolean => conditions.filter(blocks).every(({ type }) => MAY_PASS.has(type));

/** Waits until the plan has answered, and goes no further with a plan that is not ready. */
export const waitForRefresh = runPhase({
  name: 'WaitForRefresh',
  step: 'Prepare',
  description: 'Waiting for refresh of MigPlan, MigStorage and MigCluster resources to complete',
  deadlineSeconds: 300,
  observe: async (scope) => {
    const { world, plan } = scope;
    // A watch that says so cannot be wrong about a refresh that goes on; that it is over must be seen for oneself.
    if (plan.spec.refresh === true) return { name: plan.metadata.name ?? '', refreshing: true, conditions: [] };
    const now = await world.connections.host.get(MigPlan, { namespace: plan.metadata.namespace, name: plan.metadata.name ?? '' });
    if (now !== undefined) scope.take(now); // what the refresh has found is what is migrated
    return { name: plan.metadata.name ?? '', refreshing: now?.spec.refresh === true, conditions: now?.status?.conditions ?? [] };
  },
  decide: ({ name, refreshing, conditions }) => {
    if (refreshing) return wait(PlanRefreshing({ plan: name }));
    if (isTrue(conditions, 'Ready')) return advance(PlanRefreshed());
    const said = PlanNotReady({ plan: name, blockers: blockers(conditions) || 'it has no Ready condition' });
    return mayPass(conditions) ? wait(said) : fail(said);
  },
});
