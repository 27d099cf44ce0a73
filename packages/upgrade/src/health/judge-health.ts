import type { UpgradeFinding } from '@godwit/api';
import { type Check, DEFAULT_LIMITS, type HealthLimits, type Judgement, type Tier } from './check.ts';
import { deferredChecks } from './deferred-checks.ts';
import { mandatoryChecks } from './mandatory-checks.ts';
import type { Observed } from './observed.ts';

/** Every check, in the order in which they block. */
const healthChecks: readonly Check[] = [...mandatoryChecks, ...deferredChecks];

/** A check and what it came to. */
export type Judged = { readonly check: Check; readonly judgement: Judgement };

/** What all checks came to; none hides behind another. */
export const judgeHealth = (observed: Observed, limits: HealthLimits = DEFAULT_LIMITS): readonly Judged[] =>
  healthChecks.map((check) => ({ check, judgement: check.judge(observed, limits) }));

const PREFIX = 'one or more health checks failed: ';

const blockers = (judged: readonly Judged[], tier: Tier): string[] => {
  const failed = (code: string): boolean => judged.some(({ check, judgement }) => check.code === code && judgement.outcome === 'fail');
  return judged.flatMap(({ check, judgement }) =>
    check.tier === tier && judgement.outcome === 'fail' && !(check.needs ?? []).some(failed) ? [judgement.message] : [],
  );
};

const joined = (messages: readonly string[]): string | undefined =>
  messages.length === 0 ? undefined : `${PREFIX}${messages.join('\n  - ')}`;

/**
 * What the condition says of failing checks, as upstream joins and orders them: mandatory ones first, deferred ones only when all of those pass.
 * `mandatory` and `deferred` ask for one tier alone. Undefined: healthy.
 */
export const whyUnhealthy = (judged: readonly Judged[], tiers: Tier | 'all' = 'all'): string | undefined => {
  if (tiers !== 'all') return joined(blockers(judged, tiers));
  return joined(blockers(judged, 'mandatory')) ?? joined(blockers(judged, 'deferred'));
};

/** Codes of all findings about health. */
export const healthCodes: readonly string[] = healthChecks.map(({ code }) => code);

/** What is to be told of the checks that do not pass, also of those that do not block yet (G-I10). */
export const healthFindings = (judged: readonly Judged[]): UpgradeFinding[] =>
  judged.flatMap(({ check: { code, object }, judgement }) => {
    if (judgement.outcome !== 'fail' && judgement.outcome !== 'warn') return [];
    const severity = judgement.outcome === 'fail' ? 'Error' : 'Warning';
    return [{ code, severity, object, message: judgement.message, remediation: judgement.remediation }];
  });
