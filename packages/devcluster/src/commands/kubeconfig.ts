import { setKubeconfigPath } from '../sets/start.ts';
import { requireCluster, requireState } from '../sets/state.ts';
import type { Command } from './run.ts';

/** Prints the path of a cluster's kubeconfig; without a cluster, of the one that has a context for each. */
export const kubeconfig: Command = async ({ words: [name], set }) => {
  const state = requireState(set);
  process.stdout.write(`${name ? requireCluster(state, name).kubeconfigPath : setKubeconfigPath(set)}\n`);
};
