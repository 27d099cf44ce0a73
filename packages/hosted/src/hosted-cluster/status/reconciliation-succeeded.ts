import { redact, type StandardClaim } from '@godwit/controller';
import type { PhaseResult } from '../phases/phase.ts';

/** What a pass came to: it was stopped at a gate, or went through its phases. */
export type Outcome = { blocked: string } | { results: readonly PhaseResult[] };

const toldOf = (result: PhaseResult): string[] => {
  if (result.outcome === 'failed') return [`${result.name}: ${redact(result.error.message)}`];
  return result.outcome === 'blocked' ? [`${result.name}: left out, since it needs what failed`] : [];
};

/** Condition ReconciliationSucceeded; its good reason is spelt as upstream's clients expect it. Pure. */
export const reconciliationSucceeded = (outcome: Outcome): StandardClaim => {
  const type = 'ReconciliationSucceeded';
  const told = 'blocked' in outcome ? [outcome.blocked] : outcome.results.flatMap(toldOf);
  return told.length === 0
    ? { type, status: 'True', reason: 'ReconciliatonSucceeded', message: 'All is well' }
    : { type, status: 'False', reason: 'ReconciliationError', message: told.join('; ') };
};
