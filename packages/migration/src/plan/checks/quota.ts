import type { Check } from '../../shared/check.ts';
import { critical } from '../../shared/claim.ts';
import type { PlanFacts } from '../facts.ts';

/** Finds limits of the destination that the migrated objects would exceed. */
export const quotaExceeded: Check<PlanFacts> = {
  name: 'quotas of the destination that are too small',
  types: ['QuotaExceededOnDestinationCluster'],
  judge: ({ clusters, suspended }) => {
    if (clusters === undefined || suspended) return undefined;
    const items = clusters.destination.exceeded.map(({ namespace, quota, resource, needed, left }) => `${namespace}/${quota}: ${resource} needs ${needed} and has ${left} left`);
    const message = 'Quotas of the destination are too small: []. Raise them there, or take volumes out of the plan (action skip).';
    return items.length === 0 ? [] : [critical('QuotaExceededOnDestinationCluster', 'LimitExceeded', message, items)];
  },
};
