import type { WorkStage } from './stages.ts';

/** The condition that is True while nothing goes on. */
export const IDLE = 'Idle';

/** The type of the condition that says whether a stage is being worked on. */
export const inProgressType = <S extends WorkStage>(stage: S) => `${stage}InProgress` as const;

/** The type of the condition that says how a stage ended. */
export const completedType = <S extends WorkStage>(stage: S) => `${stage}Completed` as const;

/** Types of the conditions of a SeedGenerator. */
export const seedConditionTypes = { inProgress: 'SeedGenInProgress', completed: 'SeedGenCompleted' } as const;

/** Reasons of conditions, in upstream's words. */
export const upgradeReasons = {
  idle: 'Idle',
  inProgress: 'InProgress',
  completed: 'Completed',
  failed: 'Failed',
  aborting: 'Aborting',
  abortFailed: 'AbortFailed',
  finalizing: 'Finalizing',
  finalizeFailed: 'FinalizeFailed',
  invalidTransition: 'InvalidTransition',
  blocked: 'Blocked',
} as const;

/** Messages of conditions that are the same every time. */
export const upgradeMessages = {
  idle: 'Idle',
  inProgress: 'In progress',
  finalizing: 'Finalizing',
  aborting: 'Aborting',
  rollbackRequested: 'Rollback requested',
  ipConfigNotIdle: 'IPC is not idle',
  manualCleanup: "Perform cleanup manually then add 'lca.openshift.io/manual-cleanup-done' annotation to ibu CR to transition back to Idle",
  previousStageNotSucceeded: 'Previous stage not succeeded',
  upgradeNotStarted: 'Upgrade not started or already finalized',
  idleAfterFailedRollback: 'Transition to Idle not allowed - Rollback failed',
  idleDuringRollback: 'Transition to Idle not allowed - Rollback is in progress',
  idleAfterPivot: 'Transition to Idle not allowed - Rollback first',
  idleNotAllowed: 'Abort or finalize not allowed',
} as const;

/** `Prep completed`, `Upgrade completed`, `Rollback completed`. */
export const completedMessage = <S extends WorkStage>(stage: S) => `${stage} completed` as const;

/** `Prep failed`, `Upgrade failed`, `Rollback failed`. */
export const failedMessage = <S extends WorkStage>(stage: S) => `${stage} failed` as const;
