import type { KubeObject } from '@godwit/kube';
import type { VolumeInfo } from '../archive/volume-info.ts';

type Volume = KubeObject & { spec?: { persistentVolumeReclaimPolicy?: string } };
type Fate = 'restore' | 'provision';

/** What is known of a volume: its record in the backup, its object in the archive, and whether the target has one of that name. */
export type VolumeFacts = { info: VolumeInfo | undefined; volume: KubeObject | undefined; onTarget: boolean };

/** Whether a volume's object is restored, or its claim gets a new volume. */
export const volumeFate = ({ info, volume, onTarget }: VolumeFacts): Fate => {
  if (info?.backupMethod) return 'provision';
  const policy = (volume as Volume | undefined)?.spec?.persistentVolumeReclaimPolicy ?? info?.pvInfo?.reclaimPolicy;
  if (policy === 'Delete') return 'provision';
  if (volume !== undefined) return 'restore';
  return onTarget ? 'restore' : 'provision';
};

/** Whether the backup holds data of the volume that this engine cannot bring back. */
export const lacksData = (info: VolumeInfo | undefined): boolean => Boolean(info?.backupMethod);
