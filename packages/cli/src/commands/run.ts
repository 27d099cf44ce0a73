import type { MigMigration } from '@godwit/api';
import { command } from '../command.ts';
import { countingRuns } from '../migrate/choose-run.ts';
import { runPrinting } from '../printers/columns.ts';
import { moveDescription } from '../printers/describe-move.ts';
import { runDescription } from '../printers/describe-run.ts';
import { printObjects } from '../printers/print-objects.ts';
import { print } from '../printers/print-value.ts';
import { kindOfRun, stateOfRun } from '../printers/run-facts.ts';
import { foundRun, isMove, listedRuns } from '../runs.ts';
import { startCommand } from './start-run.ts';

const hasMoved = (runs: readonly MigMigration[]): boolean =>
  countingRuns(runs).some((run) => kindOfRun(run) === 'Cutover' && ['Succeeded', 'Warnings'].includes(stateOfRun(run)));

const notYetMoved = (runs: readonly MigMigration[]): string | undefined =>
  hasMoved(runs) ? 'a cutover has succeeded; take it back first' : undefined;

/** `godwit run get`. */
export const runGet = command({
  words: ['run', 'get'],
  summary: 'Lists runs of plans and moves of hosted clusters, or shows one',
  takes: [['[name...]', 'names of runs; hcm/NAME is a move, migmigration/NAME a run of a plan; default: all']],
  examples: [
    ['List runs', 'run get'],
    ['Show a move as YAML', 'run get hcm/demo-1 -o yaml'],
  ],
  run: async (invocation, names) => {
    const runs = names.length === 0 ? await listedRuns(invocation) : await Promise.all(names.map((name) => foundRun(invocation, name)));
    printObjects(invocation, runs, runPrinting, names.length === 1);
    return undefined;
  },
});

/** `godwit run describe`. */
export const runDescribe = command({
  words: ['run', 'describe'],
  summary: 'Shows a run with its journal and its conditions',
  takes: [['<name>', 'name of the run; hcm/NAME is a move']],
  examples: [['Describe a run', 'run describe NAME']],
  run: async (invocation, [name = '']) => {
    const run = await foundRun(invocation, name);
    const now = new Date();
    if (print(invocation, run)) return undefined;
    for (const line of isMove(run) ? moveDescription(run, now) : runDescription(run, now)) invocation.terminal.out(line);
    return undefined;
  },
});

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
