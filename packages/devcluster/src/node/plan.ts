import type { NodeState } from '../sets/state.ts';
import { nodeScope } from './names.ts';

/** Fixes the names and addresses of a cluster's node; `position` counts the clusters of the set from 1. */
export const planNode = (set: string, cluster: string, subnet: number, position: number): NodeState => ({
  name: `${cluster}-1`,
  address: `10.${subnet}.${position}.2`,
  networkNamespace: nodeScope(set, cluster),
  cgroup: nodeScope(set, cluster),
  podSubnet: `10.${subnet}.${100 + position}.0/24`,
  loadBalancerRange: [`10.${subnet}.${position}.100`, `10.${subnet}.${position}.199`],
});
