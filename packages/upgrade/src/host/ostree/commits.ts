import { readFile } from 'node:fs/promises';
import type { HostDriver } from '../driver.ts';
import { type Ref, unneededRefs } from '../unneeded-refs.ts';
import type { OstreeContext } from './context.ts';

const readRefs = async ({ backEnd: { run }, commands }: OstreeContext, signal?: AbortSignal): Promise<readonly Ref[]> => {
  const names = (await run(commands.refs(), { signal })).split('\n').filter((name) => name !== '');
  return Promise.all(names.map(async (name) => ({ name, commit: (await run(commands.commitOf(name), { signal })).trim() })));
};

/** Moving commits between repositories, and freeing what no deployment needs. */
export const ostreeCommits = (context: OstreeContext): Pick<HostDriver, 'pullCommit' | 'exportCommit' | 'prune'> => {
  const { backEnd, commands, list, originPath, telling } = context;
  const { run, commandPath } = backEnd;
  return {
    pullCommit: async (from, checksum, signal) => {
      await telling(`The commit ${checksum} cannot be taken over from ${from}`, () =>
        run(commands.pullCommit(commandPath(from), checksum), { signal }),
      );
    },

    exportCommit: async (checksum, repository, signal) => {
      const at = commandPath(repository);
      await telling(`The commit ${checksum} cannot be written to ${repository}`, async () => {
        await run(commands.makeRepository(at), { signal });
        await run(commands.exportCommit(at, checksum), { signal });
      });
    },

    prune: async (signal) => {
      const now = await list();
      const origins = await Promise.all(now.map((each) => readFile(originPath(each), 'utf8').catch(() => '')));
      await telling('What no deployment needs cannot be freed', async () => {
        for (const name of unneededRefs(await readRefs(context, signal), now, origins)) await run(commands.deleteRef(name), { signal });
        await run(commands.cleanup(), { signal });
        await run(commands.prune(), { signal });
      });
    },
  };
};
