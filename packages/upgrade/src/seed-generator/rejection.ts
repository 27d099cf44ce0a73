import { compareVersions } from '../seed/version.ts';

/** What decides whether a cluster may become a seed. Undefined: it does not apply here (D-I6). */
export type SeedFitness = {
  /** Whether this host can let another deployment boot next. */
  readonly canSetDefault: boolean;
  /** What holds the container storage; empty: it is no storage of its own. */
  readonly containerStorage: string | undefined;
  readonly attachedToHub: boolean;
  /** Namespaces of add-ons that the hub has installed. */
  readonly hubAddons: readonly string[];
  readonly hasDnsmasq: boolean | undefined;
  readonly pullSecretSanitized: boolean;
  readonly persistentVolumes: number;
  readonly localVolumes: number | undefined;
  readonly lvmClusters: number | undefined;
  readonly dataProtectionApplications: number | undefined;
  readonly oadpVersion: string | undefined;
};

/** The oldest OADP that an upgrade from a seed works with. */
const LEAST_OADP = '1.3.1';

type Guard = (fitness: SeedFitness) => string | false;

const configured = (count: number | undefined, what: string): string | false =>
  (count ?? 0) > 0 && `Rejected: Cluster must not have any ${what} configured`;

/** In the order in which upstream asks. */
const guards: readonly Guard[] = [
  ({ canSetDefault }) => !canSetDefault && 'Rejected: Installed release does not support "ostree admin set-default" feature',
  ({ containerStorage }) => containerStorage === '' && 'Rejected: Cluster must be configured with shared container storage',
  ({ attachedToHub }) => attachedToHub && 'Rejected: Cluster must be detached from hub prior to seed generation',
  ({ hubAddons }) => hubAddons.length > 0 && `Rejected due to presence of ACM addon(s): ${hubAddons.join(', ')}`,
  ({ hasDnsmasq }) => hasDnsmasq === false && 'Rejected due to system missing dnsmasq config required for IBU',
  ({ pullSecretSanitized }) =>
    pullSecretSanitized && 'Rejected due to invalid cluster pull-secret (previously sanitized without proper restore)',
  ({ persistentVolumes }) => configured(persistentVolumes, 'Persistent Volumes'),
  ({ localVolumes }) => configured(localVolumes, 'LocalVolumes'),
  ({ lvmClusters }) => configured(lvmClusters, 'LVMClusters'),
  ({ dataProtectionApplications }) => configured(dataProtectionApplications, 'DataProtectionApplication resources'),
  ({ oadpVersion }) =>
    oadpVersion !== undefined &&
    compareVersions(oadpVersion, LEAST_OADP) < 0 &&
    `Rejected: Cluster must have OADP version >= ${LEAST_OADP}`,
];

/** Why a cluster must not become a seed: the first reason, in upstream's words; undefined: it may. */
export const rejectionOf = (fitness: SeedFitness): string | undefined => {
  for (const guard of guards) {
    const text = guard(fitness);
    if (text !== false) return text;
  }
  return undefined;
};
