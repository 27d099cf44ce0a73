import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { readKernelArguments } from '../boot-menu.ts';
import type { HostDriver } from '../driver.ts';
import { parseEtcChanges } from '../etc-changes.ts';
import type { OstreeContext } from './context.ts';

/** What can be asked of a host without changing it. */
export const ostreeReads = ({
  backEnd,
  commands,
  telling,
}: OstreeContext): Pick<HostDriver, 'hasCommit' | 'etcChanges' | 'kernelArguments' | 'freeSpace'> => ({
  hasCommit: (checksum) =>
    backEnd.run(commands.hasCommit(checksum)).then(
      () => true,
      () => false,
    ),

  etcChanges: ({ stateroot }) =>
    telling('What was changed in /etc cannot be read', async () => parseEtcChanges(await backEnd.run(commands.etcChanges(stateroot)))),

  kernelArguments: ({ index }) =>
    telling('The boot menu cannot be read', () => readKernelArguments(join(backEnd.physicalRoot, 'boot/loader/entries'), index)),

  freeSpace: async (path) => {
    const { bsize, blocks, bavail } = await statfs(path);
    return { total: bsize * blocks, free: bsize * bavail };
  },
});
