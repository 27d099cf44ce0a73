import type { MigMigration } from '@godwit/api';
import { hasEnded, kindOfRun, stateOfRun } from '../printers/run-facts.ts';
import { nextRunName } from './names.ts';

/** What is to be done about a plan that may have been run before. */
export type NextRun = { do: 'resume'; run: MigMigration } | { do: 'nothing'; run: MigMigration } | { do: 'start'; name: string };

const byAge = (a: MigMigration, b: MigMigration): number =>
  (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? '') ||
  (a.metadata.name ?? '').localeCompare(b.metadata.name ?? '', 'en', { numeric: true });

/** Runs of a plan, oldest first. */
export const runsOf = (plan: string, runs: readonly MigMigration[]): MigMigration[] =>
  runs.filter(({ spec }) => spec.migPlanRef?.name === plan).toSorted(byAge);

const succeeded = (run: MigMigration): boolean => ['Succeeded', 'Warnings'].includes(stateOfRun(run)) && hasEnded(run);

/** Runs that count: those after the newest rollback that succeeded. */
export const countingRuns = (runs: readonly MigMigration[]): MigMigration[] =>
  runs.slice(runs.findLastIndex((run) => kindOfRun(run) === 'Rollback' && succeeded(run)) + 1);

/** An unfinished run is resumed; after a cutover that succeeded nothing is left to do; else the next one starts. Pure. */
export const chooseRun = (plan: string, all: readonly MigMigration[]): NextRun => {
  const runs = runsOf(plan, all);
  const unfinished = runs.findLast((run) => !hasEnded(run));
  if (unfinished !== undefined) return { do: 'resume', run: unfinished };
  const done = countingRuns(runs).findLast((run) => kindOfRun(run) === 'Cutover' && succeeded(run));
  if (done !== undefined) return { do: 'nothing', run: done };
  return {
    do: 'start',
    name: nextRunName(
      plan,
      runs.map(({ metadata }) => metadata.name ?? ''),
    ),
  };
};
