import { SEED_FORMAT, SEED_FORMAT_LABEL, type SeedClusterInfo, seedInfoOf } from './cluster-info.ts';

/** What a cluster must have in common with the seed that upgrades it. */
export type SeedTarget = {
  /** As OCI names it, such as amd64. */
  readonly architecture: string;
  readonly hasProxy: boolean;
  readonly hasFips: boolean;
  /** Whether the ConfigMap openshift-config/user-ca-bundle is there. */
  readonly hasUserCaBundle: boolean;
  /** The ConfigMap named by the cluster's Proxy, '' for none. */
  readonly proxyConfigmapName: string;
  /** What is mounted at /var/lib/containers. */
  readonly containerStorageTarget: string;
};

/** What is known of a seed before a layer of it is pulled. */
export type SeedLabels = { readonly labels: Readonly<Record<string, string>>; readonly architecture: string };

const COMPATIBILITY = 'checking seed image compatibility: ';
const BUNDLE = 'checking seed image additional trust bundle compatibility: ';
const UNSUPPORTED = 'this combination is not supported';

const asymmetry = (what: string, verbs: { yes: string; no: string }, seed: boolean, cluster: boolean): string | undefined => {
  if (seed === cluster) return undefined;
  const [mine, theirs] = seed ? [verbs.yes, 'does not'] : [verbs.no, 'does'];
  return `seed image ${mine} ${what} but the cluster being upgraded ${theirs}, ${UNSUPPORTED}`;
};

const formatProblem = ({ labels }: SeedLabels): string | undefined => {
  const format = labels[SEED_FORMAT_LABEL];
  if (format === undefined)
    return `seed image is missing the ${SEED_FORMAT_LABEL} label, please build a new image using the latest version of the lca-cli`;
  return format === SEED_FORMAT ? undefined : `seed image format version mismatch: expected ${SEED_FORMAT}, got ${format}`;
};

const architectureProblem = (seed: SeedLabels, target: SeedTarget): string | undefined =>
  seed.architecture === target.architecture
    ? undefined
    : `seed image is for ${seed.architecture} but the cluster being upgraded is ${target.architecture}, ${UNSUPPORTED}`;

const bundleProblems = (info: SeedClusterInfo | undefined, target: SeedTarget): (string | undefined)[] => {
  const bundle = info?.additionalTrustBundle;
  if (!bundle) return [];
  const names = `seed image's Proxy trustedCA configmap name "${bundle.proxyConfigmapName}" (oc get proxy -oyaml) mismatches cluster's name "${target.proxyConfigmapName}", ${UNSUPPORTED}`;
  return [
    asymmetry(
      'an openshift-config/user-ca-bundle configmap',
      { yes: 'has', no: 'does not have' },
      bundle.hasUserCaBundle,
      target.hasUserCaBundle,
    ),
    bundle.proxyConfigmapName === target.proxyConfigmapName ? undefined : names,
  ];
};

const storageProblem = (info: SeedClusterInfo | undefined, target: SeedTarget): string | undefined => {
  const seed = info?.container_storage_mountpoint_target;
  if (!seed || seed === target.containerStorageTarget) return undefined;
  return `container storage mountpoint target mismatch: seed=${seed}, cluster=${target.containerStorageTarget}`;
};

const prefixed = (prefix: string, problems: readonly (string | undefined)[]): string[] =>
  problems.filter((problem) => problem !== undefined).map((problem) => `${prefix}${problem}`);

/** Everything that keeps a seed from upgrading a cluster, in upstream's order and words; empty when nothing does. */
export const seedProblems = (seed: SeedLabels, target: SeedTarget): string[] => {
  const info = seedInfoOf(seed.labels);
  return [
    ...prefixed('', [formatProblem(seed), architectureProblem(seed, target)]),
    ...prefixed(COMPATIBILITY, [
      asymmetry('a proxy', { yes: 'has', no: 'does not have' }, info?.has_proxy ?? false, target.hasProxy),
      asymmetry('FIPS enabled', { yes: 'has', no: 'does not have' }, info?.has_fips ?? false, target.hasFips),
    ]),
    ...prefixed(BUNDLE, bundleProblems(info, target)),
    ...prefixed('', [storageProblem(info, target)]),
  ];
};
