import { carriedAnnotations, PersistentVolume } from '@godwit/api';
import type { Client } from '@godwit/kube';

/** Who provisions the volumes whose contents stay on the disks of the node. */
const TOPOLVM = 'topolvm.io';

/** Whether restoring a volume's claim would have its contents deleted. */
export const mustBeRetained = ({ metadata, spec }: PersistentVolume): boolean =>
  metadata.annotations?.[carriedAnnotations.provisionedBy] === TOPOLVM && spec?.persistentVolumeReclaimPolicy === 'Delete';

/** Has the volumes of the node's disks kept while they are backed up and restored, and marks those so that they get their policy back. */
export const retainVolumes = async (cluster: Client): Promise<void> => {
  const { items } = await cluster.list(PersistentVolume);
  for (const { metadata } of items.filter(mustBeRetained))
    await cluster.patch(
      PersistentVolume,
      { name: metadata.name ?? '' },
      {
        metadata: { annotations: { [carriedAnnotations.updatedReclaimPolicy]: 'true' } },
        spec: { persistentVolumeReclaimPolicy: 'Retain' },
      },
    );
};
