import type { PhaseRecord, PipelineStep } from '@godwit/api';
import type { Pipeline, Visit, Walked } from '@godwit/controller';
import { observedDigest } from '@godwit/controller';
import { runConditions } from './conditions.ts';
import type { Run, Scope } from './scope.ts';
import { advanced, closed, opened, stepNames, type Visited } from './steps.ts';

type Status = NonNullable<Run['status']>;

/** Adds this round's visits to the journal; a phase keeps its first start. Phases that did not apply leave no entry. */
const withVisits = (records: readonly PhaseRecord[], visits: readonly Visit[]): PhaseRecord[] => {
  const byName = new Map(records.map((record) => [record.name, record]));
  for (const { name, step, started, completed, skipped, attempts, said } of visits) {
    if (skipped) continue;
    byName.set(name, {
      name,
      step,
      started: byName.get(name)?.started ?? started,
      ...(completed === undefined ? {} : { completed }),
      ...(attempts > 1 ? { attempts } : {}),
      ...(said === undefined ? {} : { reason: said.reason, message: said.message }),
    });
  }
  return [...byName.values()];
};

const visited = ({ name, step, description, started, completed, said }: Visit, now: string): Visited => ({
  name,
  step,
  description,
  started: started ?? now,
  completed,
  lines: said?.progress?.lines ?? [],
});

type Walking = { run: Run; scope: Scope; pipeline: Pipeline<Scope, Run>; now: string };

const applicable = ({ pipeline, scope, run }: Walking) => pipeline.phases.filter((phase) => phase.when(scope, run));

const steps = (walking: Walking, walked: Walked): PipelineStep[] => {
  const { run, pipeline, now } = walking;
  const names = stepNames(applicable(walking));
  const before = run.status?.pipeline ?? [];
  const begun = run.status?.itinerary === pipeline.name && before.length >= names.length;
  const failedBefore = (run.status?.errors ?? []).length > 0;
  const list = begun ? before : opened(closed(before, now, failedBefore), names);
  const visits = walked.visits.filter(({ skipped, started }) => !skipped && started !== undefined).map((visit) => visited(visit, now));
  const next = advanced(list, names.length, visits, now, walked.outcome === 'completed');
  return walked.outcome === 'failed' ? closed(next, now, true) : next;
};

const place = (walking: Walking, walked: Walked): string => {
  const phases = applicable(walking);
  return `Step: ${phases.findIndex(({ name }) => name === walked.journal?.phase) + 1}/${phases.length}`;
};

/** The status of a run after a round of its walk. Pure. */
export const runStatus = (walking: Walking, walked: Walked): Status => {
  const { run, pipeline, now } = walking;
  const { status = {}, spec } = run;
  const errors = walked.outcome === 'failed' ? [...new Set([...(status.errors ?? []), walked.said?.message ?? ''])] : status.errors;
  return {
    ...status,
    ...walked.notes,
    conditions: runConditions(run, walked, pipeline.name, place(walking, walked), now),
    observedDigest: observedDigest(spec),
    observedGeneration: run.metadata.generation,
    startTimestamp: status.startTimestamp ?? walked.visits[0]?.started ?? now,
    itinerary: pipeline.name,
    phase: walked.outcome === 'completed' ? 'Completed' : walked.journal?.phase,
    pipeline: steps(walking, walked),
    phases: withVisits(status.phases ?? [], walked.visits),
    ...(errors === undefined ? {} : { errors }),
  };
};
