import type { StandardClaim } from '@godwit/controller';
import { onManagement } from '../management.ts';
import { GRACE_PERIOD } from './last.ts';
import type { Scope, Step, Waiting } from './step.ts';

/** How far a deletion has come: `waiting` is undefined when all is gone. */
export type Progress = { waiting: Waiting | undefined };

/** Goes as far through the steps as it can in one pass. */
export const takeDown = async (steps: readonly Step[], scope: Scope): Promise<Progress> => {
  for (const step of steps) {
    const { effects, waiting } = await step.find(scope);
    await onManagement(scope.world, effects);
    if (waiting !== undefined) return { waiting };
  }
  return { waiting: undefined };
};

/** What a deletion says of itself. Pure. */
export const deletionClaims = ({ waiting }: Progress): StandardClaim[] => {
  const type = 'HostedClusterDeleting';
  if (waiting === undefined) return [{ type, status: 'False', reason: 'DeletionCompleted', message: 'Everything of this cluster is gone' }];
  return [
    { type, status: 'True', reason: waiting.reason, message: waiting.message },
    ...(waiting.reason === GRACE_PERIOD
      ? [{ type: 'HostedClusterDestroyed', status: 'True', reason: GRACE_PERIOD, message: waiting.message } as const]
      : []),
  ];
};
