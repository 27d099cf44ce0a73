import { MigMigration } from '@godwit/api';
import { countingRuns } from '../migrate/choose-run.ts';
import { runPrinting } from '../printers/columns.ts';
import { runDescription } from '../printers/describe-run.ts';
import { kindOfRun, stateOfRun } from '../printers/run-facts.ts';
import { describeCommand } from './describe-command.ts';
import { getCommand } from './get-command.ts';
import { startCommand } from './start-run.ts';

const hasMoved = (runs: readonly MigMigration[]): boolean =>
  countingRuns(runs).some((run) => kindOfRun(run) === 'Cutover' && ['Succeeded', 'Warnings'].includes(stateOfRun(run)));

const notYetMoved = (runs: readonly MigMigration[]): string | undefined =>
  hasMoved(runs) ? 'a cutover has succeeded; take it back first' : undefined;

/** `godwit run get`. */
export const runGet = getCommand(MigMigration, runPrinting);
/** `godwit run describe`. */
export const runDescribe = describeCommand('run', MigMigration, (run) => runDescription(run, new Date()));
/** `godwit run stage`. */
export const runStage = startCommand({
  verb: 'stage',
  summary: 'Copies the volumes of a plan while its applications keep running',
  spec: () => ({ stage: true, quiescePods: false }),
  mayStart: notYetMoved,
});
/** `godwit run cutover`. */
export const runCutover = startCommand({
  verb: 'cutover',
  summary: 'Moves the applications of a plan; they stand still during the last copy',
  spec: ({ quiesce = true }) => ({ stage: false, quiescePods: quiesce, verify: true }),
  mayStart: notYetMoved,
});
/** `godwit run rollback`. */
export const runRollback = startCommand({
  verb: 'rollback',
  summary: 'Takes the runs of a plan back: deletes on the target only what they created, and wakes the source',
  spec: () => ({ stage: false, rollback: true }),
  consequence: 'The target loses what the runs of this plan created there, with all that was written to it since; the source is woken.',
  mayStart: (runs) => (runs.length === 0 ? 'it has no run that could be taken back' : undefined),
});
