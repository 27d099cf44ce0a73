import type { MigMigration } from '@godwit/api';
import { phaseLines } from '../progress/summary.ts';
import { shortDuration } from './age.ts';
import { conditionSection, describeLines, type Section } from './describe.ts';
import { elapsedSeconds, kindOfRun, stateOfRun } from './run-facts.ts';

const listSection = (title: string, lines: readonly string[]): Section[] => (lines.length === 0 ? [] : [{ title, lines }]);

/** A run as text, with its journal. */
export const runDescription = (run: MigMigration, now: Date): string[] => {
  const { spec, status } = run;
  const sleepers = (status?.quiesced ?? []).map(
    ({ kind, namespace, name, replicas }) => `${kind} ${namespace}/${name}${replicas === undefined ? '' : `, ${replicas} replicas`}`,
  );
  return describeLines(
    run,
    [
      ['Plan', spec.migPlanRef?.name],
      ['Type', kindOfRun(run)],
      ['State', stateOfRun(run)],
      ['Phase', status?.phase],
      ['Itinerary', status?.itinerary],
      ['Started', status?.startTimestamp],
      ['Took', shortDuration(elapsedSeconds(run, now))],
    ],
    [
      { title: 'Phases', lines: phaseLines(run) },
      ...listSection('Put to sleep', sleepers),
      ...listSection('Errors', status?.errors ?? []),
      conditionSection(status?.conditions ?? []),
    ],
  );
};
