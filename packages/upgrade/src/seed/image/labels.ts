import { SEED_FORMAT, SEED_FORMAT_LABEL, SEED_INFO_LABEL, type SeedClusterInfo } from '../cluster-info.ts';

/** The labels of a seed image: its format, and its cluster's description as a JSON text. */
export const seedLabels = (info: SeedClusterInfo): Record<string, string> => ({
  [SEED_FORMAT_LABEL]: SEED_FORMAT,
  [SEED_INFO_LABEL]: JSON.stringify(info),
});
