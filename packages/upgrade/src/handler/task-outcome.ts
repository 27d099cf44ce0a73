import type { TaskOutcome, Tasks } from '@godwit/controller';
import { isTransient } from '@godwit/kube';

/**
 * How a task has ended, if it counts; undefined: it is to be begun, for the first time or again. An API server that was away, as it is when the
 * control plane of this very node restarts, is no end: what has been done already is found done.
 */
export const taskOutcome = (tasks: Tasks, name: string): TaskOutcome | undefined => {
  const outcome = tasks.outcome(name);
  return outcome?.state === 'failed' && isTransient(outcome.error) ? undefined : outcome;
};
