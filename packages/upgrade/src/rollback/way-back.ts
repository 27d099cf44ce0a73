import type { Deployment } from '../host/driver.ts';
import { HostError } from '../host/host-error.ts';

const notOf = (deployments: readonly Deployment[], booted: string | undefined): readonly Deployment[] =>
  booted === undefined ? [] : deployments.filter(({ stateroot }) => stateroot !== booted);

const others = (deployments: readonly Deployment[]): readonly Deployment[] =>
  notOf(deployments, deployments.find((each) => each.booted)?.stateroot);

/** The deployment that is not of the booted stateroot; there is one while an upgrade is under way. Pure. */
export const otherDeployment = (deployments: readonly Deployment[]): Deployment => {
  const [other] = others(deployments);
  if (other === undefined)
    throw new HostError(
      'There is no other stateroot to boot',
      'Look at `ostree admin status`: the upgrade was finished, or its stateroot was taken away',
    );
  return other;
};

/**
 * The deployment that an automatic rollback goes to: of the stateroot that was left at the pivot, where that was written down. Any other, such
 * as one that is just being prepared, is refused. Pure.
 */
export const wayBack = (deployments: readonly Deployment[], left: string | undefined): Deployment => {
  const other = otherDeployment(deployments);
  const found = left === undefined ? other : others(deployments).find(({ stateroot }) => stateroot === left);
  if (found === undefined)
    throw new HostError(
      `The stateroot ${left}, which was left at the pivot, cannot be booted`,
      'Look at `ostree admin status`: the upgrade was finished, or its stateroot was taken away',
    );
  return found;
};
