import { expect, test } from 'vitest';
import { SEED_FORMAT_LABEL, SEED_INFO_LABEL } from './cluster-info.ts';
import { type SeedTarget, seedProblems } from './compatibility.ts';

const target: SeedTarget = {
  architecture: 'amd64',
  hasProxy: false,
  hasFips: false,
  hasUserCaBundle: false,
  proxyConfigmapName: '',
  containerStorageTarget: '/dev/disk/by-label/varlibcontainers',
};
const seedOf = (info: object | undefined, more: Record<string, string> = { [SEED_FORMAT_LABEL]: '4' }, architecture = 'amd64') => ({
  architecture,
  labels: { ...more, ...(info && { [SEED_INFO_LABEL]: JSON.stringify({ seed_cluster_ocp_version: '4.21.0', ...info }) }) },
});
const bundle = (hasUserCaBundle: boolean, proxyConfigmapName = '') => ({ additionalTrustBundle: { hasUserCaBundle, proxyConfigmapName } });

test.each<[string, ReturnType<typeof seedOf>, Partial<SeedTarget>, string[]]>([
  ['a fitting seed', seedOf({ has_proxy: false, has_fips: false, ...bundle(false) }), {}, []],
  ['a seed that says nothing of its cluster', seedOf(undefined), { hasUserCaBundle: true }, []],
  [
    'no format',
    seedOf({}, {}),
    {},
    [
      'seed image is missing the com.openshift.lifecycle-agent.seed_format_version label, please build a new image using the latest version of the lca-cli',
    ],
  ],
  ['an older format', seedOf({}, { [SEED_FORMAT_LABEL]: '3' }), {}, ['seed image format version mismatch: expected 4, got 3']],
  [
    'another architecture',
    seedOf({}, undefined, 'arm64'),
    {},
    ['seed image is for arm64 but the cluster being upgraded is amd64, this combination is not supported'],
  ],
  [
    'a proxy in the seed only',
    seedOf({ has_proxy: true }),
    {},
    [
      'checking seed image compatibility: seed image has a proxy but the cluster being upgraded does not, this combination is not supported',
    ],
  ],
  [
    'a proxy in the cluster only',
    seedOf({}),
    { hasProxy: true },
    [
      'checking seed image compatibility: seed image does not have a proxy but the cluster being upgraded does, this combination is not supported',
    ],
  ],
  [
    'FIPS on either side',
    seedOf({ has_fips: true }),
    {},
    [
      'checking seed image compatibility: seed image has FIPS enabled but the cluster being upgraded does not, this combination is not supported',
    ],
  ],
  [
    'FIPS in the cluster only',
    seedOf(undefined),
    { hasFips: true },
    [
      'checking seed image compatibility: seed image does not have FIPS enabled but the cluster being upgraded does, this combination is not supported',
    ],
  ],
  [
    'a bundle in the seed only',
    seedOf(bundle(true)),
    {},
    [
      'checking seed image additional trust bundle compatibility: seed image has an openshift-config/user-ca-bundle configmap but the cluster being upgraded does not, this combination is not supported',
    ],
  ],
  [
    'another bundle of the proxy',
    seedOf(bundle(false, 'one')),
    { proxyConfigmapName: 'other' },
    [
      'checking seed image additional trust bundle compatibility: seed image\'s Proxy trustedCA configmap name "one" (oc get proxy -oyaml) mismatches cluster\'s name "other", this combination is not supported',
    ],
  ],
  [
    'other storage',
    seedOf({ container_storage_mountpoint_target: '/dev/sdb' }),
    {},
    ['container storage mountpoint target mismatch: seed=/dev/sdb, cluster=/dev/disk/by-label/varlibcontainers'],
  ],
])('%s', (_title, seed, differing, problems) => {
  expect(seedProblems(seed, { ...target, ...differing })).toEqual(problems);
});

test('all problems are told at once, and in order', () => {
  const problems = seedProblems(seedOf({ has_proxy: true, ...bundle(true) }, {}, 's390x'), target);
  expect(problems.map((each) => each.split(' ').slice(0, 4).join(' '))).toEqual([
    'seed image is missing',
    'seed image is for',
    'checking seed image compatibility:',
    'checking seed image additional',
  ]);
});

test('a description that cannot be read names its label', () => {
  const seed = { architecture: 'amd64', labels: { [SEED_FORMAT_LABEL]: '4', [SEED_INFO_LABEL]: '{"seed_cluster_ocp_version":4}' } };
  expect(() => seedProblems(seed, target)).toThrow(
    /the label com\.openshift.*seed_cluster_info does not describe a seed cluster.*expected string/s,
  );
});
