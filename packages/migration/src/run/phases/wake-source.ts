import type { Sleeper } from '@godwit/api';
import { advance, type Effect } from '@godwit/controller';
import { pastMigration } from '../../plan/gather/references.ts';
import { runsOfPlan } from '../plan-runs.ts';
import { awake, memoryOf } from '../quiesce/awake.ts';
import { readWorkloads } from '../quiesce/read.ts';
import type { Workload } from '../quiesce/workload-kinds.ts';
import { Awake } from '../reasons.ts';
import { type Run, runPhase, type Scope } from '../scope.ts';

const recordOf = (recorded: readonly Sleeper[], { kind, metadata }: Workload): Sleeper | undefined =>
  recorded.find((slept) => slept.kind === kind && slept.namespace === metadata.namespace && slept.name === metadata.name);

/** What a workload must get back, if it is to be woken at all. */
type Memory = (workload: Workload) => Sleeper | undefined;

const wakeAll = (on: string, workloads: readonly Workload[], memory: Memory): Effect[] =>
  workloads.flatMap((workload) => awake(on, workload, memory(workload)));

const hasMoved = (run: Run): boolean => {
  const { stage, succeeded } = pastMigration(run);
  return !stage && succeeded;
};

/** Other runs of the plan that ended well, newest first. */
const earlierRuns = async (scope: Scope, run: Run): Promise<Run[]> =>
  (await runsOfPlan(scope)).filter((other) => other.metadata.uid !== run.metadata.uid && hasMoved(other)).toReversed();

/**
 * Gives the source applications back what they had. The run's own record counts first, then the note on the workload, then what a run that
 * left the source asleep has recorded. While the target serves what an earlier run moved, the source must not run beside it: then a run that
 * fails wakes only what it put to sleep itself; a rollback wakes all.
 */
export const wakeSource = runPhase({
  name: 'UnQuiesceSrcApplications',
  step: 'CleanupUnquiesce',
  description: 'UnQuiescing (Scaling to N replicas) source applications',
  observe: async (scope, run) => ({
    workloads: await readWorkloads(
      scope.source,
      scope.namespaces.map(({ source: name }) => name),
    ),
    earlier: await earlierRuns(scope, run),
  }),
  decide: ({ workloads, earlier }, run) => {
    const rollback = run.spec.rollback === true;
    const targetServes = !rollback && earlier[0] !== undefined && earlier[0].spec.rollback !== true;
    const left = rollback ? earlier.flatMap(({ status }) => status?.quiesced ?? []) : [];
    const effects = wakeAll(
      'source',
      workloads,
      (workload) =>
        recordOf(run.status?.quiesced ?? [], workload) ?? (targetServes ? undefined : (memoryOf(workload) ?? recordOf(left, workload))),
    );
    return advance(Awake({ count: effects.length }), effects);
  },
});

/** Wakes what was restored asleep on the target, because an earlier attempt had already put it to sleep when the backup was taken. */
export const wakeTarget = runPhase({
  name: 'UnQuiesceDestApplications',
  step: 'Restore',
  description: 'UnQuiescing (Scaling to N replicas) target cluster applications',
  observe: async ({ target, namespaces }) =>
    readWorkloads(
      target,
      namespaces.map(({ target: name }) => name),
    ),
  decide: (workloads) => {
    const effects = wakeAll('target', workloads, memoryOf);
    return advance(Awake({ count: effects.length }), effects);
  },
});
