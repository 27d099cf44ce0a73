import type { MtcClaim } from '@godwit/controller';

/**
 * One named check: a pure judge over what has been read. It lists every condition type that it may claim.
 * `undefined` means that it cannot tell now; its earlier conditions then stay as they are.
 */
export type Check<Facts> = {
  /** The fault that it finds, in words. */
  name: string;
  types: readonly string[];
  judge: (facts: Facts) => readonly MtcClaim[] | undefined;
};

/** What a list of checks found: the claims in order, and the condition types that nobody could judge this time. */
export type Findings = { claims: readonly MtcClaim[]; unjudged: readonly string[] };

/** Asks every check, in order. */
export const judgeAll = <Facts>(checks: readonly Check<Facts>[], facts: Facts): Findings => {
  const findings = checks.map((check) => ({ check, claims: check.judge(facts) }));
  const claims = findings.flatMap(({ claims }) => claims ?? []);
  const claimed = new Set(claims.map(({ type }) => type));
  const unjudged = findings.flatMap(({ check, claims }) => (claims === undefined ? check.types : []));
  return { claims, unjudged: [...new Set(unjudged)].filter((type) => !claimed.has(type)) };
};

/** Asks one check after the other until one finds a Critical fault. */
export const judgeUntilCritical = <Facts>(checks: readonly Check<Facts>[], facts: Facts): Findings => {
  const first = checks.findIndex(({ judge }) => (judge(facts) ?? []).some(({ category }) => category === 'Critical'));
  return judgeAll(first < 0 ? checks : checks.slice(0, first + 1), facts);
};
