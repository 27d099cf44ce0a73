import { deleteControlPlane, deleteNamespace, tellCleanup } from './control-plane.ts';
import { forgetReferences, waitForGracePeriod } from './last.ts';
import { letRemainsGo } from './let-go.ts';
import { deleteClusterApiObjects, dropComponentFinalizers, unpauseMachines } from './machines.ts';
import { deleteNodePools } from './node-pools.ts';
import type { Step } from './step.ts';

/**
 * Takes a HostedCluster down. What belongs to one provider has its place where upstream has it: Karpenter's objects before the pools,
 * credentials and endpoint services before the control plane, OIDC documents behind it.
 */
export const deletionSteps: readonly Step[] = [
  unpauseMachines,
  tellCleanup,
  deleteNodePools,
  deleteClusterApiObjects,
  dropComponentFinalizers,
  deleteControlPlane,
  deleteNamespace,
  forgetReferences,
  waitForGracePeriod,
];

/** Removes what is left of a HostedCluster that has moved away. Its machines, nodes and names are those of the destination. */
export const departureSteps: readonly Step[] = [letRemainsGo, forgetReferences, waitForGracePeriod];
