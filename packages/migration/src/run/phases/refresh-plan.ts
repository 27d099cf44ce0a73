import { MigPlan } from '@godwit/api';
import { advance, blocks, type Effect, fail, isTrue, wait } from '@godwit/controller';
import { PlanNotReady, PlanRefreshed, PlanRefreshing, RefreshRequested } from '../reasons.ts';
import { type Plan, runPhase } from '../scope.ts';

const askForRefresh = (namespace: string | undefined, name: string): Effect => ({
  do: 'patch',
  on: 'host',
  resource: MigPlan,
  name: { namespace, name },
  patch: { spec: { refresh: true } },
});

/** Asks the plan to look at clusters, volumes and storage once more, since it may have been written days ago. */
export const startRefresh = runPhase({
  name: 'StartRefresh',
  step: 'Prepare',
  description: 'Starting refresh on MigPlan, MigStorage and MigCluster resources',
  observe: async ({ plan }) => plan.metadata,
  decide: ({ namespace, name = '' }) => advance(RefreshRequested(), [askForRefresh(namespace, name)]),
});

type Condition = NonNullable<NonNullable<Plan['status']>['conditions']>[number];

const blockers = (conditions: readonly Condition[]): string =>
  conditions
    .filter(blocks)
    .map(({ type, message }) => `${type}: ${message ?? ''}`)
    .join('; ');

/** Blockers that an outage causes and its end cures; the deadline decides when they have lasted too long. */
const MAY_PASS = new Set(['SourceClusterNotReady', 'DestinationClusterNotReady', 'StorageNotReady']);

const mayPass = (conditions: readonly Condition[]): boolean => conditions.filter(blocks).every(({ type }) => MAY_PASS.has(type));

const whyNot = (conditions: readonly Condition[]): string =>
  blockers(conditions) || (conditions.find(({ type }) => type === 'Ready')?.message?.replace(/\.$/, '') ?? 'it has no Ready condition');

/** Waits until the plan has answered, and goes no further with a plan that is not ready. */
export const waitForRefresh = runPhase({
  name: 'WaitForRefresh',
  step: 'Prepare',
  description: 'Waiting for refresh of MigPlan, MigStorage and MigCluster resources to complete',
  deadlineSeconds: 300,
  observe: async (scope) => {
    const { namespace, name = '' } = scope.plan.metadata;
    const plan = await scope.refresh(); // what the refresh has found is what is migrated
    return { namespace, name, refreshing: plan?.spec.refresh === true, conditions: plan?.status?.conditions ?? [] };
  },
  decide: ({ namespace, name, refreshing, conditions }) => {
    if (refreshing) return wait(PlanRefreshing({ plan: name }));
    if (isTrue(conditions, 'Ready')) return advance(PlanRefreshed());
    const said = PlanNotReady({ plan: name, blockers: whyNot(conditions) });
    if (!mayPass(conditions)) return fail(said);
    // An outage in the middle of the refresh leaves a plan that nothing blocks and that lacks what a running migration no longer looks for.
    return wait(said, conditions.some(blocks) ? [] : [askForRefresh(namespace, name)]);
  },
});
