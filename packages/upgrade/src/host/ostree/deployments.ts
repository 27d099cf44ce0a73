import type { Deployment, HostDriver } from '../driver.ts';
import { isSame, listed, nameOf, refuseUndeploy } from '../guard.ts';
import { HostError } from '../host-error.ts';
import { chooseSetDefaultWay, type SetDefaultHost, setDefault } from '../set-default.ts';
import { LOOK, type OstreeContext } from './context.ts';

/** Deploying, taking away, and choosing what boots next. */
export const ostreeDeployments = ({
  backEnd: { run, sysroot },
  commands,
  list,
  originPath,
  telling,
}: OstreeContext): Pick<HostDriver, 'deploy' | 'setDefaultWay' | 'setDefault' | 'undeploy'> => {
  const forDefault: SetDefaultHost = { run, commands, sysroot, list, originPath };
  const deployedIn = async (stateroot: string, checksum: string): Promise<Deployment | undefined> =>
    (await list()).find((each) => each.stateroot === stateroot && each.checksum === checksum);
  return {
    deploy: async (wanted, signal) => {
      const before = await deployedIn(wanted.stateroot, wanted.checksum);
      if (before !== undefined) return before;
      await telling(`The commit ${wanted.checksum} cannot be deployed in ${wanted.stateroot}`, () =>
        run(commands.deploy(wanted), { signal }),
      );
      const after = await deployedIn(wanted.stateroot, wanted.checksum);
      if (after === undefined) throw new HostError(`${wanted.stateroot} has no deployment of ${wanted.checksum} after deploying it`, LOOK);
      return after;
    },

    setDefaultWay: () => chooseSetDefaultWay(forDefault),
    setDefault: async (deployment) => {
      const way = await chooseSetDefaultWay(forDefault);
      const chosen = listed(await list(), deployment);
      await telling(`${nameOf(deployment)} cannot be made the default`, () => setDefault(forDefault, chosen, way));
      return way;
    },

    undeploy: async (deployment, signal) => {
      const now = await list();
      const found = now.find((each) => isSame(each, deployment));
      if (found === undefined) return;
      refuseUndeploy(now, found);
      await telling(`${nameOf(found)} cannot be taken away`, () => run(commands.undeploy(found.index), { signal }));
    },
  };
};
