import type { MigMigration } from '@godwit/api';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { blockersOf, holds } from './condition-facts.ts';

type Run = Pick<MigMigration, 'spec' | 'status'>;

/** What a run is, in one word. */
export const kindOfRun = ({ spec }: Run): 'Rollback' | 'Stage' | 'Cutover' =>
  spec.rollback === true ? 'Rollback' : spec.stage === true ? 'Stage' : 'Cutover';

/** Whether a run has come to its end, whatever that is. */
export const hasEnded = ({ status }: Run): boolean => status?.phase === 'Completed';

/** What users are told of a run, in one word. Canceled is read first: upstream's controller calls a canceled run a success too. */
export const stateOfRun = (run: Run): 'Canceled' | 'Failed' | 'Warnings' | 'Succeeded' | 'Running' | 'Blocked' | 'Pending' => {
  if (hasEnded(run)) {
    if (holds(run, 'Canceled')) return 'Canceled';
    if (holds(run, 'Failed') || (run.status?.errors ?? []).length > 0) return 'Failed';
    return holds(run, 'SucceededWithWarnings') ? 'Warnings' : 'Succeeded';
  }
  if (run.status?.phase !== undefined) return 'Running';
  return blockersOf(run).length > 0 ? 'Blocked' : 'Pending';
};

const codes: Readonly<Record<string, ExitCode>> = {
  Canceled: exitCodes.goalMissed,
  Failed: exitCodes.goalMissed,
  Warnings: exitCodes.warnings,
  Blocked: exitCodes.refused,
};

/** The exit code that equals the outcome of a run. */
export const exitCodeOfRun = (run: Run): ExitCode => codes[stateOfRun(run)] ?? exitCodes.done;

/** When the last phase that ended did so; undefined while none has. */
const lastEnd = ({ status }: Run): string | undefined =>
  (status?.phases ?? [])
    .map(({ completed }) => completed)
    .filter((each) => each !== undefined)
    .sort()
    .at(-1);

/** Seconds from the start of a run to its end, or to now. */
export const elapsedSeconds = (run: Run, now: Date): number => {
  const { startTimestamp } = run.status ?? {};
  if (startTimestamp === undefined) return 0;
  const end = hasEnded(run) ? Date.parse(lastEnd(run) ?? startTimestamp) : now.getTime();
  return (end - Date.parse(startTimestamp)) / 1000;
};
