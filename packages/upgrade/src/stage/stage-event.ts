import {
  completedMessage,
  completedType,
  failedMessage,
  IDLE,
  inProgressType,
  type Stage,
  upgradeMessages,
  upgradeReasons,
  type WorkStage,
} from '@godwit/api';
import type { StandardClaim } from '@godwit/controller';

/** How an upgrade is taken back to Idle: before its end, or after it. */
export type Cleanup = 'Abort' | 'Finalize';

/** Everything that can happen to an upgrade, as its conditions tell it. `rollingBack`: it has failed, and is rolled back by itself. */
export type StageEvent =
  | { type: 'entered'; stage: WorkStage }
  | { type: 'progressed'; stage: WorkStage; message: string }
  | { type: 'failed'; stage: WorkStage; message: string }
  | { type: 'completed'; stage: WorkStage; message?: string }
  | { type: 'rollingBack'; message: string }
  | { type: 'cleaningUp'; cleanup: Cleanup; message?: string }
  | { type: 'cleanupFailed'; cleanup: Cleanup; errors: string }
  | { type: 'cleanedUp' }
  | { type: 'refused'; stage: Stage; message: string }
  | { type: 'blocked'; stage: Stage; message: string }
  | { type: 'accepted' };

const { idle, inProgress, completed, failed, aborting, abortFailed, finalizing, finalizeFailed, invalidTransition, blocked } =
  upgradeReasons;

type Claim = Omit<StandardClaim, 'observedGeneration'>;

const claim = (type: string, status: 'True' | 'False', reason: string, message: string): Claim => ({ type, status, reason, message });

const working = (stage: WorkStage, message: string = upgradeMessages.inProgress): Claim =>
  claim(inProgressType(stage), 'True', inProgress, message);

const rollbackRequested: readonly Claim[] = [
  claim(completedType('Upgrade'), 'False', failed, upgradeMessages.rollbackRequested),
  claim(inProgressType('Upgrade'), 'False', failed, upgradeMessages.rollbackRequested),
];

const before: Record<WorkStage, readonly Claim[]> = {
  Prep: [claim(IDLE, 'False', inProgress, upgradeMessages.inProgress)],
  Upgrade: [],
  Rollback: rollbackRequested,
};

/** What RollbackInProgress says once somebody has decided to keep what a failed rollback left booted. */
const ROLLBACK_GIVEN_UP = 'Rollback given up: the current stateroot is accepted';

const accepted: readonly Claim[] = [
  claim(inProgressType('Rollback'), 'False', failed, ROLLBACK_GIVEN_UP),
  claim(inProgressType('Upgrade'), 'False', completed, completedMessage('Upgrade')),
  claim(completedType('Upgrade'), 'True', completed, completedMessage('Upgrade')),
];

const ofStage = (stage: Stage): string => (stage === 'Idle' ? IDLE : inProgressType(stage));

const doneMessage = (stage: WorkStage, message?: string): string => message ?? completedMessage(stage);

const withSuffix = (errors: string): string => `${errors.trimEnd()} ${upgradeMessages.manualCleanup}`;

/** What an event writes, in the order in which it is written. `cleanedUp` first drops every other condition. */
export const claimsOf = (event: StageEvent): readonly Claim[] => {
  switch (event.type) {
    case 'entered':
      return [...before[event.stage], working(event.stage)];
    case 'progressed':
      return [working(event.stage, event.message)];
    case 'failed':
      return [
        claim(completedType(event.stage), 'False', failed, failedMessage(event.stage)),
        claim(inProgressType(event.stage), 'False', failed, event.message),
      ];
    case 'completed':
      return [
        claim(inProgressType(event.stage), 'False', completed, completedMessage(event.stage)),
        claim(completedType(event.stage), 'True', completed, doneMessage(event.stage, event.message)),
      ];
    case 'rollingBack':
      return [claim(completedType('Upgrade'), 'False', failed, failedMessage('Upgrade')), working('Upgrade', event.message)];
    case 'cleaningUp':
      return event.cleanup === 'Abort'
        ? [claim(IDLE, 'False', aborting, event.message ?? upgradeMessages.aborting)]
        : [claim(IDLE, 'False', finalizing, event.message ?? upgradeMessages.finalizing)];
    case 'cleanupFailed':
      return [claim(IDLE, 'False', event.cleanup === 'Abort' ? abortFailed : finalizeFailed, withSuffix(event.errors))];
    case 'cleanedUp':
      return [claim(IDLE, 'True', idle, upgradeMessages.idle)];
    case 'refused':
      return [claim(ofStage(event.stage), 'False', invalidTransition, event.message)];
    case 'blocked':
      return [claim(ofStage(event.stage), 'False', blocked, event.message)];
    case 'accepted':
      return accepted;
  }
};
