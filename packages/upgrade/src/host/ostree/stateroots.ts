import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { HostDriver } from '../driver.ts';
import { refuseRemoval } from '../guard.ts';
import type { OstreeContext } from './context.ts';

/** Making and removing stateroots. */
export const ostreeStateroots = ({
  backEnd,
  commands,
  list,
  staterootPath,
  telling,
}: OstreeContext): Pick<HostDriver, 'initStateroot' | 'removeStateroot'> => {
  const removeFolder = (stateroot: string, signal?: AbortSignal): Promise<void> =>
    backEnd.removeFolder(join(backEnd.sysroot, 'ostree/deploy', stateroot), signal);
  return {
    initStateroot: async (stateroot, signal) => {
      // ostree makes the folder first and its /var after; a kill between the two leaves half a stateroot.
      if (existsSync(join(staterootPath(stateroot), 'var/tmp'))) return;
      if (existsSync(staterootPath(stateroot))) {
        refuseRemoval(await list(), stateroot);
        await removeFolder(stateroot, signal);
      }
      await telling(`The stateroot ${stateroot} cannot be made`, () => backEnd.run(commands.initStateroot(stateroot), { signal }));
    },

    removeStateroot: async (stateroot, signal) => {
      await backEnd.makeWritable();
      refuseRemoval(await list(), stateroot);
      if (!existsSync(staterootPath(stateroot))) return;
      await telling(`The stateroot ${stateroot} cannot be removed`, async () => {
        // What an interrupted deploy left is immutable until ostree takes it away.
        await backEnd.run(commands.cleanup(), { signal });
        refuseRemoval(await list(), stateroot);
        await removeFolder(stateroot, signal);
      });
    },
  };
};
