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
  const removeFolder = (stateroot: string): Promise<void> => backEnd.removeFolder(join(backEnd.sysroot, 'ostree/deploy', stateroot));
  return {
    initStateroot: async (stateroot) => {
      // ostree makes the folder first and its /var after; a kill between the two leaves half a stateroot.
      if (existsSync(join(staterootPath(stateroot), 'var/tmp'))) return;
      if (existsSync(staterootPath(stateroot))) {
        refuseRemoval(await list(), stateroot);
        await removeFolder(stateroot);
      }
      await telling(`The stateroot ${stateroot} cannot be made`, () => backEnd.run(commands.initStateroot(stateroot)));
    },

    removeStateroot: async (stateroot) => {
      await backEnd.makeWritable();
      refuseRemoval(await list(), stateroot);
      if (!existsSync(staterootPath(stateroot))) return;
      await telling(`The stateroot ${stateroot} cannot be removed`, async () => {
        // What an interrupted deploy left is immutable until ostree takes it away.
        await backEnd.run(commands.cleanup());
        refuseRemoval(await list(), stateroot);
        await removeFolder(stateroot);
      });
    },
  };
};
