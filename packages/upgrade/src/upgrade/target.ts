import { join } from 'node:path';
import type { StageScope } from '../handler/stage-handler.ts';
import type { Deployment } from '../host/driver.ts';
import { HostError } from '../host/host-error.ts';
import { staterootOf } from '../seed/version.ts';

/** The stateroot that is upgraded to. */
export const targetStateroot = ({ upgrade }: StageScope): string => staterootOf(upgrade.current().spec?.seedImageRef?.version ?? '');

/** The deployment that is upgraded to; throws when Prep has not made it, or somebody took it away. */
export const targetDeployment = (scope: StageScope): Deployment => {
  const stateroot = targetStateroot(scope);
  const found = scope.deployments.find((each) => each.stateroot === stateroot);
  if (found === undefined)
    throw new HostError(`The stateroot ${stateroot} has no deployment`, 'Go back to Idle and prepare the upgrade again');
  return found;
};

/** A path of the new release, below its stateroot: `/var/…` as it will see it. */
export const inTarget = (scope: StageScope, path: string): string => join(scope.host.staterootPath(targetStateroot(scope)), path);
