import { type MigPlan, namePair } from '@godwit/api';
import { isMapped } from '../shared/namespace-pairs.ts';

/** Whether a plan gives any claim another name on the destination. */
export const renamesClaims = ({ spec }: MigPlan): boolean =>
  (spec.persistentVolumes ?? []).some(({ pvc }) => isMapped(namePair(pvc?.name ?? '')));
