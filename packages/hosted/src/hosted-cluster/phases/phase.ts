import type { Effect } from '@godwit/controller';
import type { World } from '../../world.ts';
import type { Facts } from '../facts.ts';
import { onManagement } from '../management.ts';

/** What a phase of the reconcile may touch; the cluster has its identity and its defaults here. */
export type Scope = Facts & { world: World };

/**
 * One part of bringing a control plane about. It reads, and says as effects what must be so.
 * `critical`: when it fails, phases that are `dependent` are left out of this pass; `ordinary` ones go on.
 */
export type Phase = {
  name: string;
  rank: 'critical' | 'ordinary' | 'dependent';
  effects: (scope: Scope) => Promise<readonly Effect[]> | readonly Effect[];
};

/** What came of a phase. */
export type PhaseResult =
  | { name: string; outcome: 'done' }
  | { name: string; outcome: 'blocked' }
  | { name: string; outcome: 'failed'; error: Error };

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

const runPhase = async (phase: Phase, scope: Scope): Promise<PhaseResult> => {
  try {
    await onManagement(scope.world, await phase.effects(scope));
    return { name: phase.name, outcome: 'done' };
  } catch (error) {
    return { name: phase.name, outcome: 'failed', error: asError(error) };
  }
};

/** Goes through all phases in their order; what fails is collected, so that one fault does not hide the next one or hold up the rest. */
export const runPhases = async (phases: readonly Phase[], scope: Scope): Promise<PhaseResult[]> => {
  const results: PhaseResult[] = [];
  let isBlocked = false;
  for (const phase of phases) {
    const result: PhaseResult =
      isBlocked && phase.rank === 'dependent' ? { name: phase.name, outcome: 'blocked' } : await runPhase(phase, scope);
    results.push(result);
    isBlocked ||= result.outcome === 'failed' && phase.rank === 'critical';
  }
  return results;
};
