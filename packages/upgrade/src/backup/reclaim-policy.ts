import { carriedAnnotations, PersistentVolume } from '@godwit/api';
import type { Client } from '@godwit/kube';

/** Gives volumes whose reclaim policy an upgrade has changed to Retain the policy Delete again. */
export const restoreReclaimPolicies = async (cluster: Client): Promise<void> => {
  const { items } = await cluster.list(PersistentVolume);
  for (const { metadata } of items.filter((each) => each.metadata.annotations?.[carriedAnnotations.updatedReclaimPolicy] === 'true'))
    await cluster.patch(
      PersistentVolume,
      { name: metadata.name ?? '' },
      { metadata: { annotations: { [carriedAnnotations.updatedReclaimPolicy]: null } }, spec: { persistentVolumeReclaimPolicy: 'Delete' } },
    );
};
