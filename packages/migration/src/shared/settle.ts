import type { Condition } from '@godwit/api';
import { blocks, type MtcClaim, settleConditions } from '@godwit/controller';
import type { Findings } from './check.ts';

const gravity = ['Critical', 'Error', 'Warn', 'Required', 'Advisory'];

const gravest = (claims: readonly MtcClaim[]): MtcClaim[] => {
  const byType = new Map<string, MtcClaim>();
  for (const claim of claims) {
    const rival = byType.get(claim.type);
    if (rival === undefined || gravity.indexOf(claim.category) < gravity.indexOf(rival.category)) byType.set(claim.type, claim);
  }
  return [...byType.values()];
};

/** What makes an object Ready, beside the absence of blocking conditions. */
export type Readiness = { message: string; requires?: readonly string[] };

const readyClaim = (list: readonly Condition[], { message, requires = [] }: Readiness): MtcClaim => {
  const blocking = list.filter(blocks).map(({ type }) => type);
  const missing = requires.filter((type) => !list.some((each) => each.type === type && each.status === 'True'));
  if (blocking.length === 0 && missing.length === 0) return { type: 'Ready', category: 'Required', message };
  const causes =
    blocking.length > 0
      ? `Blocked by ${blocking.join(', ')}: see the messages of these conditions.`
      : `Still missing: ${missing.join(', ')}.`;
  return { type: 'Ready', status: 'False', category: 'Required', reason: blocking.length > 0 ? 'Blocked' : 'NotDone', message: causes };
};

/**
 * The conditions of an object after a judgement: what was claimed, what could not be judged and stays, and Ready.
 * Conditions that were judged and not claimed again go, durable ones too. Without a readiness there is no Ready condition.
 */
export const settledConditions = (previous: readonly Condition[], findings: Findings, now: string, readiness?: Readiness): Condition[] => {
  const claims = gravest(findings.claims);
  const known = new Set([...claims.map(({ type }) => type), ...findings.unjudged]);
  const settled = settleConditions(
    previous.filter(({ type }) => known.has(type)),
    claims,
    now,
    { keep: findings.unjudged },
  );
  if (readiness === undefined) return settled;
  const ready = settleConditions(
    previous.filter(({ type }) => type === 'Ready'),
    [readyClaim(settled, readiness)],
    now,
  );
  return [...settled, ...ready];
};
