import type { StorageClassOffer } from '@godwit/api';

type Modes = { volumeMode: 'Filesystem' | 'Block'; accessModes: string[] };
type Row = { matches: (provisioner: string) => boolean; modes: Modes[] };

const once = 'ReadWriteOnce';
const readers = 'ReadOnlyMany';
const writers = 'ReadWriteMany';

const files = (...accessModes: string[]): Modes => ({ volumeMode: 'Filesystem', accessModes });
const blocks = (...accessModes: string[]): Modes => ({ volumeMode: 'Block', accessModes });
const is = (name: string, ...modes: Modes[]): Row => ({ matches: (provisioner) => provisioner === name, modes });
const inTree = (name: string, ...accessModes: string[]): Row => is(`kubernetes.io/${name}`, files(...accessModes));
const endsWith = (suffix: string, ...modes: Modes[]): Row => ({ matches: (provisioner) => provisioner.endsWith(suffix), modes });

const table: readonly Row[] = [
  inTree('aws-ebs', once),
  inTree('azure-file', once, readers, writers),
  inTree('azure-disk', once),
  inTree('cinder', once),
  inTree('gce-pd', once, readers),
  inTree('glusterfs', once, readers, writers),
  { matches: (provisioner) => provisioner.startsWith('gluster.org/glusterblock'), modes: [files(once, readers)] },
  inTree('quobyte', once, readers, writers),
  inTree('rbd', once, readers),
  inTree('vsphere-volume', once),
  inTree('portworx-volume', once, writers),
  inTree('scaleio', once, readers),
  inTree('storageos', once),
  endsWith('rbd.csi.ceph.com', files(once), blocks(once, readers, writers)),
  endsWith('cephfs.csi.ceph.com', files(once, readers, writers)),
  is('netapp.io/trident', files(once, readers), blocks(once, readers, writers)),
  is('csi.kubevirt.io', files(once), blocks(once)),
];

/** What volumes of a provisioner can do, by upstream's table; an unknown one gives ReadWriteOnce files. */
export const accessModesOf = (provisioner: string): Modes[] =>
  table.find(({ matches }) => matches(provisioner))?.modes ?? [files(once), blocks()];

const DEFAULT_ANNOTATIONS = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'];

/** A StorageClass as far as plans read it. */
export type StorageClassView = { metadata: { name?: string; annotations?: Record<string, string> }; provisioner: string };

/** The storage classes of a cluster as a plan lists them, sorted by name. */
export const storageClassOffers = (classes: readonly StorageClassView[]): StorageClassOffer[] =>
  classes
    .map(({ metadata, provisioner }) => ({
      name: metadata.name ?? '',
      provisioner,
      default: DEFAULT_ANNOTATIONS.some((key) => metadata.annotations?.[key] === 'true'),
      volumeAccessModes: accessModesOf(provisioner),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
