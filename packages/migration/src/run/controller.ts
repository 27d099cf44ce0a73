import { fieldManagers, finalizers, MigMigration, MigPlan } from '@godwit/api';
import {
  type Controller,
  carryOut,
  holdsOf,
  journalOf,
  keyOf,
  latestOf,
  nameOf,
  type Pipeline,
  type Round,
  settleConditions,
  statusPatch,
  timeOf,
  type Walked,
  walk,
  withoutFinalizer,
} from '@godwit/controller';
import type { KubeObject } from '@godwit/kube';
import type { World } from '../world.ts';
import { adopt } from './adopt.ts';
import { choose } from './choose.ts';
import { openScope } from './open-scope.ts';
import { runsAmong } from './plan-runs.ts';
import { clustersOf, hostName, type Plan, type Run, type Scope } from './scope.ts';
import { runStatus } from './status.ts';
import { isTellable, TELL_SECONDS } from './tellable.ts';
import { type Fault, validateRun } from './validate.ts';
import { type Active, hostSources, watchClusters } from './wake-ups.ts';

/** Pipelines that lead back to safety never give up: an unreachable cluster only delays them. */
const WAYS_BACK = new Set(['Cancel', 'Failed']);

const ended = ({ status }: Run): boolean => status?.phase === 'Completed';
const begun = ({ status }: Run): boolean => status?.itinerary !== undefined;

/** Runs migrations of plans, from the source cluster to the target cluster. */
export const migMigrationController = (world: World): Controller => {
  const { namespace } = world.settings;
  const active: Active = {
    keys: new Set(),
    written: new Map(),
    runs: latestOf(world.cache, world.connections.host, MigMigration, { namespace }),
    plans: latestOf(world.cache, world.connections.host, MigPlan, { namespace }),
  };
  return {
    name: 'migmigration',
    sources: hostSources(world, active),
    reconcile: async (key, round) => {
      const run = await active.runs.get(nameOf(key));
      if (run === undefined || ended(run)) {
        active.keys.delete(key);
        active.written.delete(key);
        return run === undefined ? undefined : release(world, run);
      }
      active.keys.add(key);
      return reconcileRun(world, run, round, active);
    },
  };
};

/** An ended run has nothing left to guard; one that is deleted while under way is canceled first. */
const release = async (world: World, run: Run): Promise<undefined> => {
  const guarded = (run.metadata.finalizers ?? []).includes(finalizers.migrationCleanup);
  if (guarded) await withoutFinalizer(world.connections.host, MigMigration, run, finalizers.migrationCleanup);
  return undefined;
};

const reconcileRun = async (world: World, found: Run, round: Round, active: Active) => {
  const plan = await planOf(found, active);
  if (found.metadata.deletionTimestamp !== undefined && (plan === undefined || !begun(found))) return release(world, found);
  const faults = await faultsOf(found, plan, active);
  if (plan === undefined || faults.length > 0) return blocked(world, found, faults, active);
  const run = active.runs.wrote(await adopt(world.connections.host, found, plan));
  const scope = await openScope(world, run, plan, active.plans);
  watchClusters(scope, round, active);
  return walkRun(scope, run, round, active);
};

const planOf = async ({ spec }: Run, { plans }: Active): Promise<Plan | undefined> => {
  const { namespace, name } = spec.migPlanRef ?? {};
  return name && namespace ? plans.get({ namespace, name }) : undefined;
};

/** A run is judged before it starts; afterwards its phases answer for themselves, so that it can always be canceled. */
const faultsOf = async (run: Run, plan: Plan | undefined, active: Active): Promise<Fault[]> => {
  if (begun(run) && plan !== undefined) return [];
  const runs = plan === undefined ? [] : runsAmong(await active.runs.list(), plan);
  return validateRun(run, { plan, runs });
};

const blocked = async (world: World, run: Run, faults: readonly Fault[], active: Active) => {
  const conditions = settleConditions(run.status?.conditions ?? [], faults, world.clock.now().toISOString());
  const patch = statusPatch({ status: run.status ?? {} }, { status: { ...run.status, conditions } });
  if (patch !== undefined) await write(world, run, patch, active);
  return { after: '60s' as const };
};

const write = async ({ connections: { host }, clock }: World, run: Run, patch: object, active: Active): Promise<Run> => {
  const written = await host.patch(MigMigration, hostName(run), patch, { subresource: 'status', fieldManager: fieldManagers.migration });
  active.written.set(keyOf(run), clock.now().getTime());
  return active.runs.wrote(written);
};

/** Completed is where a run ends: held there, it would look ended to everybody, and never go on. */
const stopsOf = ({ metadata }: Run): ReadonlySet<string> =>
  new Set([...holdsOf(metadata.annotations)].filter((name) => name !== 'Completed'));

/** Writes each state of the walk into the run's status, and only what changed; `behind` says that the last one was left for later. */
const recorder = (scope: Scope, subject: Run, pipeline: Pipeline<Scope, Run>, active: Active) => {
  let run = subject;
  let behind = false;
  const record = async (walked: Walked): Promise<void> => {
    const moment = scope.world.clock.now();
    const after = runStatus({ run, scope, pipeline, now: timeOf(moment) }, walked);
    const patch = statusPatch({ status: run.status ?? {} }, { status: after });
    const at = active.written.get(keyOf(run)) ?? 0;
    behind = patch !== undefined && !isTellable(run, walked, (moment.getTime() - at) / 1000);
    if (patch !== undefined && !behind) run = await write(scope.world, run, patch, active);
  };
  return { record, behind: () => behind };
};

/** The phase that waits for a refresh must not take the plan as it was before the refresh was asked for. */
const rememberPlan =
  ({ plans }: Active) =>
  (object: KubeObject): void => {
    if (object.kind === MigPlan.kind) plans.wrote(object as Plan);
  };

const walkRun = async (scope: Scope, run: Run, round: Round, active: Active) => {
  const pipeline = choose(run);
  const wayBack = WAYS_BACK.has(pipeline.name);
  const { record, behind } = recorder(scope, run, pipeline, active);
  const walked = await walk({
    pipeline,
    world: scope,
    subject: run,
    journal: journalOf(run.status),
    clock: scope.world.clock,
    carryOut: (effects) =>
      carryOut(effects, clustersOf(scope), { fieldManager: fieldManagers.migration, signal: round.signal, wrote: rememberPlan(active) }),
    record,
    // What a run was to stop before must not keep the source asleep once the run is on its way back.
    ...(wayBack ? { deadlineOf: () => Number.POSITIVE_INFINITY } : { hold: stopsOf(run) }),
  });
  if (behind()) round.wake(keyOf(run), TELL_SECONDS);
  if (walked.outcome === 'failed' && !wayBack) round.wake(keyOf(run)); // the failure pipeline is next
  if (walked.outcome === 'completed') for (const key of active.keys) round.wake(key); // one of them may wait for its turn
  return walked.outcome === 'failed' && wayBack
    ? { after: '30s' as const }
    : walked.after === undefined
      ? undefined
      : { after: walked.after };
};
