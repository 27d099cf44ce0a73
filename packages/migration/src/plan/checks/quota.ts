import { critical } from '../../shared/claim.ts';
import type { SelectionCheck } from './selections.ts';

/** Finds limits of the destination that the migrated objects would exceed. */
export const quotaExceeded: SelectionCheck = {
  name: 'quotas of the destination that are too small',
  types: ['QuotaExceededOnDestinationCluster'],
  judge: ({ exceeded }) => {
    const items = exceeded.map(
      ({ namespace, quota, resource, needed, left }) => `${namespace}/${quota}: ${resource} needs ${needed} and has ${left} left`,
    );
    const message = 'Quotas of the destination are too small: []. Raise them there, or take volumes out of the plan (action skip).';
    return items.length === 0 ? [] : [critical('QuotaExceededOnDestinationCluster', 'LimitExceeded', message, items)];
  },
};
