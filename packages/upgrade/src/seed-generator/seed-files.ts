import type { Deployment } from '../host/driver.ts';
import type { EtcChange } from '../host/etc-changes.ts';

/** What of /etc speaks of one machine. */
const ETC_EXCLUDES: readonly string[] = [
  'cni/multus',
  'NetworkManager/system-connections',
  'machine-config-daemon/orig/var/lib/kubelet',
  'openvswitch/conf.db',
  'openvswitch/.conf.db.~lock~',
  'hostname',
  'machine-id',
];

const isExcluded = (path: string): boolean => ETC_EXCLUDES.some((each) => path === each || path.startsWith(`${each}/`));

/** What of /var is a secret of one machine: credentials for registries, keys, and proofs of identity. Its first boot issues the latter anew. */
export const PRIVATE_VAR: readonly string[] = [
  'var/lib/kubelet/config.json',
  'var/lib/kubelet/pki/*',
  'var/lib/kubernetes/*',
  'var/root/.kube/*',
];

/** The files of /etc that go along, relative to the root, and those that are to be deleted, absolute. */
export const etcOfSeed = (changes: readonly EtcChange[]): { files: string[]; deletions: string[] } => {
  const ours = changes.filter(({ path }) => !isExcluded(path));
  return {
    files: ours.filter(({ change }) => change !== 'D').map(({ path }) => `etc/${path}`),
    deletions: ours.filter(({ change }) => change === 'D').map(({ path }) => `/etc/${path}`),
  };
};

/** The kernel arguments that are part of a release's configuration; where to boot from, and which upgrade this is, is said anew by each. */
export const kernelArgumentsOfSeed = (options: readonly string[]): string[] => options.filter((each) => !/^(ostree|ibu)=/.test(each));

/** A deployment as rpm-ostree names it: the name of its system, its commit and its serial. */
const deploymentId = ({ stateroot, checksum, serial }: Deployment): string => `${stateroot}-${checksum}.${serial}`;

/** What `rpm-ostree status --json` prints, as far as a seed is read, for hosts without rpm-ostree (D-I8). */
export const statusOfSeed = (deployments: readonly Deployment[]): string =>
  JSON.stringify(
    {
      deployments: deployments.map((each) => ({
        id: deploymentId(each),
        osname: each.stateroot,
        checksum: each.checksum,
        serial: each.serial,
        booted: each.booted,
      })),
    },
    undefined,
    2,
  );

/** The name in the image of the booted deployment's origin file: the part of its id after the last dash. */
export const originName = ({ checksum, serial }: Deployment): string => `ostree-${checksum}.${serial}.origin`;
