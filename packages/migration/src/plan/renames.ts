import type { MigPlan } from '@godwit/api';
import { claimName } from '../shared/claim-name.ts';

/** Whether a plan gives any claim another name on the destination. */
export const renamesClaims = ({ spec }: MigPlan): boolean =>
  (spec.persistentVolumes ?? []).some(({ pvc }) => {
    const { source, target } = claimName(pvc?.name ?? '');
    return source !== target;
  });
