import type { StorageClassOffer } from '@godwit/api';

/** What is known of a volume when a storage class is looked for. */
export type Wanted = { storageClass: string; provisioner: string; accessModes: readonly string[]; nfs: boolean; gluster: boolean };

/** The suggestion; `noCeph` says that a file store was wanted and the cluster has none. */
export type Suggestion = { storageClass: string; noCeph: boolean };

const CEPH_FILES = 'cephfs.csi.ceph.com';
const CEPH_BLOCKS = 'rbd.csi.ceph.com';

const cephFor = (accessModes: readonly string[]): string => {
  if (accessModes.includes('ReadWriteMany')) return CEPH_FILES;
  return accessModes.includes('ReadWriteOnce') ? CEPH_BLOCKS : CEPH_FILES;
};

const matching = (wanted: Wanted, offers: readonly StorageClassOffer[]): readonly StorageClassOffer[] => {
  if (!wanted.nfs && !wanted.gluster) return offers.filter(({ provisioner }) => provisioner === wanted.provisioner);
  const suffix = cephFor(wanted.accessModes);
  return offers.filter(({ provisioner }) => provisioner?.endsWith(suffix));
};

/** Suggests a storage class of the destination: the same name, else the same provisioner, else the default; empty when there is none. */
export const suggestStorageClass = (wanted: Wanted, offers: readonly StorageClassOffer[], intraCluster = false): Suggestion => {
  const same = matching(wanted, offers);
  const chosen = same.find(({ name }) => name === wanted.storageClass) ?? same[0];
  if (chosen !== undefined) return { storageClass: chosen.name ?? '', noCeph: false };
  const fallback = offers.find((each) => each.default === true);
  return { storageClass: fallback?.name ?? '', noCeph: wanted.gluster && !wanted.nfs && !intraCluster };
};

const IN_TREE_GLUSTER = 'kubernetes.io/glusterfs';

/** Whether a provisioner is one of Gluster's. */
export const isGluster = (provisioner: string): boolean =>
  provisioner === IN_TREE_GLUSTER || provisioner.startsWith('gluster.org/glusterblock');
