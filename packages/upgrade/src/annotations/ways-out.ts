import { upgradeAnnotations } from '@godwit/api';
import { type Conditions, conditionOf, hasCleanupFailed, isFailed } from '../stage/stage-conditions.ts';
import type { Cleanup, StageEvent } from '../stage/stage-event.ts';

/** A request that a person makes by an annotation: which one is used up, and what it makes happen. */
export type WayOut = { key: string; event: StageEvent };

/** Which cleaning up an Idle condition speaks of. */
export const cleanupOf = (conditions: Conditions): Cleanup =>
  conditionOf(conditions, 'Idle')?.reason.startsWith('Finaliz') ? 'Finalize' : 'Abort';

/** The way out of a failure that was asked for; an annotation that does not fit the state stays and does nothing. */
export const wayOut = (conditions: Conditions, annotations: Readonly<Record<string, string>> = {}): WayOut | undefined => {
  const asked = (key: string): boolean => key in annotations;
  const { manualCleanupDone, rollbackRetry, acceptCurrentStateroot } = upgradeAnnotations;
  if (hasCleanupFailed(conditions) && asked(manualCleanupDone))
    return { key: manualCleanupDone, event: { type: 'cleaningUp', cleanup: cleanupOf(conditions) } };
  if (!isFailed(conditions, 'Rollback')) return undefined;
  if (asked(rollbackRetry)) return { key: rollbackRetry, event: { type: 'entered', stage: 'Rollback' } };
  if (asked(acceptCurrentStateroot)) return { key: acceptCurrentStateroot, event: { type: 'accepted' } };
  return undefined;
};
