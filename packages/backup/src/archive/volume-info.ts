import type { KubeObject } from '@godwit/kube';

/** How the data of a volume was kept, as the volume info file of a backup has it. */
export type VolumeInfo = {
  pvcName?: string;
  pvcNamespace?: string;
  pvName?: string;
  backupMethod?: 'NativeSnapshot' | 'PodVolumeBackup' | 'CSISnapshot' | '';
  snapshotDataMoved?: boolean;
  preserveLocalSnapshot?: boolean;
  skipped?: boolean;
  skippedReason?: string;
  pvInfo?: { reclaimPolicy?: string; labels?: Record<string, string> };
};

type Claim = KubeObject & { spec?: { volumeName?: string } };
type Volume = KubeObject & { spec?: { persistentVolumeReclaimPolicy?: string; claimRef?: { namespace?: string; name?: string } } };

const SKIPPED_REASON = 'The embedded engine stores objects only; volume data is moved by a volume migration.';

const blank = {
  backupMethod: '',
  snapshotDataMoved: false,
  preserveLocalSnapshot: false,
  skipped: true,
  skippedReason: SKIPPED_REASON,
} as const;

/** Records a claim whose data the engine did not copy. */
export const skippedClaim = (object: KubeObject): VolumeInfo => {
  const { metadata, spec } = object as Claim;
  return { ...blank, pvcName: metadata.name ?? '', pvcNamespace: metadata.namespace ?? '', pvName: spec?.volumeName ?? '' };
};

/** Adds to the records what their volumes say: reclaim policy and labels. */
export const withVolume = (infos: readonly VolumeInfo[], object: KubeObject): VolumeInfo[] => {
  const { metadata, spec } = object as Volume;
  const pvInfo = { reclaimPolicy: spec?.persistentVolumeReclaimPolicy ?? '', labels: metadata.labels ?? {} };
  return infos.map((info) => (info.pvName === metadata.name ? { ...info, pvInfo } : info));
};
