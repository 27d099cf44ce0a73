import type { NodePoolCondition } from '@godwit/api';

/** A condition of a pool before its time is known. */
export type PoolClaim = Omit<NodePoolCondition, 'lastTransitionTime' | 'observedGeneration'>;

/** Reasons of a pool's conditions. */
export const reasons = {
  asExpected: 'AsExpected',
  validationFailed: 'ValidationFailed',
  notFound: 'NotFound',
  failedToGet: 'FailedToGet',
  endpointMissing: 'IgnitionEndpointMissing',
  authorityMissing: 'IgnitionCACertMissing',
  // upstream spells it so
  notReached: 'ignitionNotReached',
  invalidArchitecture: 'InvalidArchPlatform',
  unsupportedSkew: 'UnsupportedSkew',
} as const;

/** Says that all is well. */
export const good = (type: string, message: string): PoolClaim => ({ type, status: 'True', reason: reasons.asExpected, message });

/** Says what is wrong. */
export const bad = (type: string, reason: string, message: string, severity: 'Error' | 'Warning' | 'Info' = 'Error'): PoolClaim => ({
  type,
  status: 'False',
  severity,
  reason,
  message,
});

/** Says that something does not go on, which is no fault. */
export const off = (type: string, message = ''): PoolClaim => ({ type, status: 'False', reason: reasons.asExpected, message });

/** What one judgement comes to; `stop` keeps all that follows from being done. */
export type Judged = { claims: readonly PoolClaim[]; stop?: boolean };

/** All is well with one thing. */
export const fine = (...claims: PoolClaim[]): Judged => ({ claims });

/** One thing keeps the pool from being worked on. */
export const stopped = (...claims: PoolClaim[]): Judged => ({ claims, stop: true });
