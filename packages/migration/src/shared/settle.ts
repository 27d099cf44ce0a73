import type { Condition } from '@godwit/api';
import type { Findings } from './check.ts';
import { blocks, type Claim } from './claim.ts';

const gravity = ['Critical', 'Error', 'Warn', 'Required', 'Advisory'];

const gravest = (claims: readonly Claim[]): Claim[] => {
  const byType = new Map<string, Claim>();
  for (const claim of claims) {
    const rival = byType.get(claim.type);
    if (rival === undefined || gravity.indexOf(claim.category) < gravity.indexOf(rival.category)) byType.set(claim.type, claim);
  }
  return [...byType.values()];
};

const spelled = ({ message, items }: Claim): string => (items === undefined ? message : message.replace('[]', `[${items.join(',')}]`));

const equal = (a: Omit<Condition, 'lastTransitionTime'>, b: Condition): boolean =>
  a.status === b.status && a.reason === b.reason && a.category === b.category && a.message === b.message;

const conditionOf = (claim: Claim, previous: readonly Condition[], at: { now: string; generation: number | undefined }): Condition => {
  const next = {
    type: claim.type,
    status: claim.status,
    ...(claim.reason === undefined ? {} : { reason: claim.reason }),
    category: claim.category,
    message: spelled(claim),
    ...(claim.durable ? { durable: true } : {}),
    ...(at.generation === undefined ? {} : { observedGeneration: at.generation }),
  };
  const before = previous.find(({ type }) => type === claim.type);
  return { ...next, lastTransitionTime: before !== undefined && equal(next, before) ? before.lastTransitionTime : at.now };
};

/** What makes an object Ready, beside the absence of blocking conditions. */
export type Readiness = { message: string; requires?: readonly string[] };

const readyClaim = (list: readonly Condition[], { message, requires = [] }: Readiness): Claim => {
  const blocking = list.filter(blocks).map(({ type }) => type);
  const missing = requires.filter((type) => !list.some((each) => each.type === type && each.status === 'True'));
  if (blocking.length === 0 && missing.length === 0) return { type: 'Ready', status: 'True', category: 'Required', message };
  const causes = blocking.length > 0 ? `Blocked by ${blocking.join(', ')}: see the messages of these conditions.` : `Still missing: ${missing.join(', ')}.`;
  return { type: 'Ready', status: 'False', category: 'Required', reason: blocking.length > 0 ? 'Blocked' : 'NotDone', message: causes };
};

/**
 * The conditions of an object after a judgement: what was claimed, what could not be judged and stays, and Ready.
 * Without a readiness there is no Ready condition.
 */
export const settledConditions = (
  previous: readonly Condition[],
  findings: Findings,
  at: { now: string; generation: number | undefined },
  readiness?: Readiness,
): Condition[] => {
  const kept = previous.filter(({ type }) => findings.unjudged.includes(type));
  const claimed = gravest(findings.claims).map((claim) => conditionOf(claim, previous, at));
  const list = [...claimed, ...kept.map((each) => (at.generation === undefined ? each : { ...each, observedGeneration: at.generation }))];
  return readiness === undefined ? list : [...list, conditionOf(readyClaim(list, readiness), previous, at)];
};
