import type { Kubeconfig } from './kubeconfig.ts';

const firstWins = <T>(maps: readonly ReadonlyMap<string, T>[]): Map<string, T> => new Map(maps.toReversed().flatMap((map) => [...map]));

/** Joins kubeconfigs as kubectl does: of entries with one name, and of current contexts, the first wins. */
export const mergeKubeconfigs = (configs: readonly Kubeconfig[]): Kubeconfig => ({
  files: configs.flatMap(({ files }) => files),
  currentContext: configs.find(({ currentContext }) => currentContext !== undefined)?.currentContext,
  clusters: firstWins(configs.map(({ clusters }) => clusters)),
  users: firstWins(configs.map(({ users }) => users)),
  contexts: firstWins(configs.map(({ contexts }) => contexts)),
});
