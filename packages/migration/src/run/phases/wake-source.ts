import type { Sleeper } from '@godwit/api';
import { advance, type Effect } from '@godwit/controller';
import { holds, runsOfPlan } from '../plan-runs.ts';
import { awake, memoryOf } from '../quiesce/awake.ts';
import { readWorkloads } from '../quiesce/read.ts';
import type { Workload } from '../quiesce/workload-kinds.ts';
import { Awake } from '../reasons.ts';
import { type Run, runPhase, type Scope } from '../scope.ts';

const recordOf = (recorded: readonly Sleeper[], { kind, metadata }: Workload): Sleeper | undefined =>
  recorded.find((slept) => slept.kind === kind && slept.namespace === metadata.namespace && slept.name === metadata.name);

/** The run's own record counts first, then the note on the workload, then what a run that left the source asleep has recorded. */
const wakeAll = (on: string, workloads: readonly Workload[], own: readonly Sleeper[], others: readonly Sleeper[]): Effect[] =>
  workloads.flatMap((workload) => awake(on, workload, recordOf(own, workload) ?? memoryOf(workload) ?? recordOf(others, workload)));

const asleepSince = async (scope: Scope, run: Run): Promise<Sleeper[]> => {
  if (run.spec.rollback !== true) return [];
  const left = (await runsOfPlan(scope)).filter((other) => holds(other, 'Succeeded') || holds(other, 'SucceededWithWarnings'));
  return left.toReversed().flatMap(({ status }) => status?.quiesced ?? []);
};

/** Gives the source applications back what they had: from the run's own record, else from the notes on the workloads. */
export const wakeSource = runPhase({
  name: 'UnQuiesceSrcApplications',
  step: 'CleanupUnquiesce',
  description: 'UnQuiescing (Scaling to N replicas) source applications',
  observe: async (scope, run) => ({
    workloads: await readWorkloads(
      scope.source,
      scope.namespaces.map(({ source: name }) => name),
    ),
    own: run.status?.quiesced ?? [],
    others: await asleepSince(scope, run),
  }),
  decide: ({ workloads, own, others }) => {
    const effects = wakeAll('source', workloads, own, others);
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
    const effects = wakeAll('target', workloads, [], []);
    return advance(Awake({ count: effects.length }), effects);
  },
});
