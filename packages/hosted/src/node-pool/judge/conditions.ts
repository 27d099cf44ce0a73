import type { NodePoolCondition } from '@godwit/api';
import type { PoolClaim } from './claim.ts';

/** Puts claims into a pool's conditions: the time of one whose status stays, stays; `gone` types are taken out. */
export const withClaims = (
  before: readonly NodePoolCondition[] | undefined,
  claims: readonly PoolClaim[],
  gone: readonly string[],
  now: string,
  generation: number | undefined,
): NodePoolCondition[] => {
  const known = new Map((before ?? []).map((condition) => [condition.type, condition]));
  for (const type of gone) known.delete(type);
  for (const claim of claims) {
    const old = known.get(claim.type);
    const lastTransitionTime = old !== undefined && old.status === claim.status ? old.lastTransitionTime : now;
    known.set(claim.type, { ...claim, lastTransitionTime, ...(generation === undefined ? {} : { observedGeneration: generation }) });
  }
  return [...known.values()];
};
