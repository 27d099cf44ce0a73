import { Restore } from '@godwit/api';
import { pieceName } from '../names.ts';
import type { Run, Scope } from '../scope.ts';
import { outcomeOf } from '../velero/outcome.ts';

/** The name of the run's restore while it still creates objects; what it makes can only be taken back once it has ended. */
export const restoreRunning = async ({ world, target }: Scope, run: Run): Promise<string | undefined> => {
  const name = pieceName(run, 'final');
  const restore = await target.get(Restore, { namespace: world.settings.namespace, name });
  return restore !== undefined && outcomeOf(restore.status?.phase) === 'running' ? name : undefined;
};
