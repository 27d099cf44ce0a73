import type { Deployment } from '../host/driver.ts';
import { HostError } from '../host/host-error.ts';
import type { LeftDeployment } from './left-deployment.ts';

const others = (deployments: readonly Deployment[]): readonly Deployment[] => {
  const booted = deployments.find((each) => each.booted);
  return booted === undefined ? [] : deployments.filter(({ stateroot }) => stateroot !== booted.stateroot);
};

/**
 * The deployment that a rollback goes to: the one that was left at the pivot, or another of its stateroot, where ostree has deployed it anew. A
 * stateroot that was not left, such as one that is just being prepared, is refused, unless nothing tells which one was. Pure.
 */
export const wayBack = (deployments: readonly Deployment[], left: LeftDeployment | undefined): Deployment => {
  const there = others(deployments);
  const fitting = left === undefined ? there : there.filter(({ stateroot }) => stateroot === left.stateroot);
  const found = fitting.find(({ checksum, serial }) => checksum === left?.checksum && serial === left.serial) ?? fitting[0];
  if (found !== undefined) return found;
  const message =
    left === undefined || there.length === 0
      ? 'There is no other stateroot to boot'
      : `The stateroot ${left.stateroot}, which was left at the pivot, cannot be booted`;
  throw new HostError(message, 'Look at `ostree admin status`: the upgrade was finished, or its stateroot was taken away');
};
