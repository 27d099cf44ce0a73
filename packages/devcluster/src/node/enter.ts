import { requireComponent } from '../sets/components.ts';
import { requireCluster, type SetState } from '../sets/state.ts';
import { KEEPER } from './volumes.ts';

/** Puts a command line into the network and mount namespaces of a cluster's node. Use absolute paths: the working directory becomes `/`. */
export const inNode = (state: SetState, cluster: string, argv: readonly string[]): string[] => {
  const { node } = requireCluster(state, cluster);
  const keeper = requireComponent(state, cluster, KEEPER).process;
  if (!node || !keeper) throw new Error(`Cluster ${cluster} of set ${state.id} has no node to enter; it is a control plane only`);
  return ['nsenter', `--net=/run/netns/${node.networkNamespace}`, `--mount=/proc/${keeper.pid}/ns/mnt`, '--', ...argv];
};
