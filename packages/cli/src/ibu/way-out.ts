import { fieldManagers, ImageBasedUpgrade, upgradeAnnotations } from '@godwit/api';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { endingOfRetry } from './ending.ts';
import { failedCleanup, rollbackFailed } from './facts.ts';
import { upgradeName } from './node.ts';
import { type Goal, type WaitOptions, waitFor } from './wait.ts';

/** Asks the agent for a way out of a failure by an annotation, which it takes away again, and waits for what comes of it. */
export const askByAnnotation = async (invocation: Invocation, key: string, goal: Goal, options: WaitOptions): Promise<ExitCode> => {
  const { terminal } = invocation;
  const patch = { metadata: { annotations: { [key]: 'godwit' } } };
  await invocation.client().patch(ImageBasedUpgrade, upgradeName, patch, { fieldManager: fieldManagers.cli });
  terminal.out(`ibu/${upgradeName.name} annotated with ${key}`);
  return options.wait ? waitFor(invocation, goal, options) : exitCodes.done;
};

/** Tries again what has failed: cleaning up, or a rollback; undefined when nothing has. */
export const retry = (invocation: Invocation, upgrade: ImageBasedUpgrade, options: WaitOptions): Promise<ExitCode> | undefined => {
  if (failedCleanup(upgrade) !== undefined)
    return askByAnnotation(
      invocation,
      upgradeAnnotations.manualCleanupDone,
      { title: 'clean-up', ending: endingOfRetry('Idle', upgrade) },
      options,
    );
  if (rollbackFailed(upgrade))
    return askByAnnotation(
      invocation,
      upgradeAnnotations.rollbackRetry,
      { title: 'rollback', ending: endingOfRetry('Rollback', upgrade) },
      options,
    );
  return undefined;
};
