import type { Deployment, HostDriver } from '../host/driver.ts';
import { keepBooted } from '../rollback/keep-booted.ts';

/**
 * Lets the release that runs boot next again, where a rollback that has failed, and whose upgrade is forgotten, left that to another stateroot.
 * Anywhere else nothing changes: another deployment of the same stateroot is an update of this release.
 */
export const keepRunning = async (host: HostDriver, deployments: readonly Deployment[]): Promise<void> => {
  const booted = deployments.find((each) => each.booted);
  const next = deployments.find(({ index }) => index === 0);
  if (booted !== undefined && next?.stateroot !== booted.stateroot) await keepBooted(host);
};
