import type { Deployment } from '../host/driver.ts';
import type { EtcChange } from '../host/etc-changes.ts';
import { BESIDE_STORE } from './places.ts';

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

/** Whoever has these can pass himself off as every machine that is made from the seed; each makes or gets its own. */
const SSH_HOST_KEY = /^ssh\/ssh_host_.*key(\.pub)?$/;

const isExcluded = (path: string): boolean =>
  SSH_HOST_KEY.test(path) || ETC_EXCLUDES.some((each) => path === each || path.startsWith(`${each}/`));

const STORE = 'var/lib/etcd';

/**
 * What of /var is a secret of one machine: credentials for registries, keys, and proofs of identity, which its first boot issues anew; and the
 * store with its past.
 */
export const SECRETS_OF_VAR: readonly string[] = [
  'var/lib/kubelet/config.json',
  'var/lib/kubelet/pki/*',
  'var/lib/kubernetes/*',
  'var/root/.kube/*',
  STORE,
];

/** Arguments by which an archive of /var gets what lies in a folder beside it: what the seed says of itself, and the store in its place. */
export const besideVar = (beside: string): string[] => [
  // Names of files alone: where links lead to stays.
  `--transform=flags=r;s,^${BESIDE_STORE},${STORE},`,
  '-C',
  beside,
  'var/seed_data',
  BESIDE_STORE,
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
