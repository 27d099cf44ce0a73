import type { Pipeline } from '@godwit/controller';
import { final } from './pipelines/final.ts';
import { stage } from './pipelines/stage.ts';
import { cancel, failed, failedAndKept, rollback } from './pipelines/ways-back.ts';
import { holds } from './plan-runs.ts';
import type { Run, Scope } from './scope.ts';

/**
 * Names the list of phases to walk: failed before canceled before rollback before stage before final (3.1). Pure.
 * A rollback that failed wakes nobody: what it could not remove may still run on the target.
 */
export const choose = (run: Run): Pipeline<Scope, Run> => {
  const { spec, status } = run;
  if (holds(run, 'Failed') || (status?.errors ?? []).length > 0)
    return spec.onFailure === 'Keep' || spec.rollback === true ? failedAndKept : failed;
  if (spec.canceled === true || run.metadata.deletionTimestamp !== undefined || holds(run, 'Canceling') || holds(run, 'Canceled'))
    return cancel;
  if (spec.rollback === true) return rollback;
  return spec.stage === true ? stage : final;
};
