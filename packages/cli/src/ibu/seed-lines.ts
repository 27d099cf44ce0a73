import { SEED_FORMAT_LABEL, type SeedClusterInfo, type SeedImage, spaceForSeed } from '@godwit/upgrade';
import { shortBytes } from '../printers/bytes.ts';

const yesNo = (value: boolean | undefined): string => (value === true ? 'yes' : 'no');

/** A seed image for people. `info` is what its label says of the seed cluster; undefined: it has no such label. Pure. */
export const seedLines = (seed: SeedImage, info: SeedClusterInfo | undefined): string[] => {
  const facts: [string, string | undefined][] = [
    ['Image', seed.image],
    ['Digest', seed.digest],
    ['Pulled as', seed.reference],
    ['Architecture', seed.architecture],
    ['Version', info?.seed_cluster_ocp_version],
    ['Release registry', info?.release_registry],
    ['Mirrored', info === undefined ? undefined : yesNo(info.mirror_registry_configured)],
    ['Seed format', seed.labels[SEED_FORMAT_LABEL]],
    ['Made on', [info?.cluster_name, info?.base_domain].filter(Boolean).join('.')],
    ['Proxy', info === undefined ? undefined : yesNo(info.has_proxy)],
    ['FIPS', info === undefined ? undefined : yesNo(info.has_fips)],
    ['Storage on', info?.container_storage_mountpoint_target],
    [
      'Size',
      `${shortBytes(seed.bytes)} in ${seed.layers.length} layer${seed.layers.length === 1 ? '' : 's'}; ${shortBytes(spaceForSeed(seed.bytes))} must be free on the node`,
    ],
  ];
  return [
    ...facts.map(([name, value]) => `${`${name}:`.padEnd(18)} ${value || '<none>'}`),
    ...(info === undefined ? ['', 'This is no seed image: it does not describe a seed cluster.'] : []),
  ];
};
