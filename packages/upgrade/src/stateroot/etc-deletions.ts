import { lstat, realpath, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { HostError } from '../host/host-error.ts';

const BAD = 'Make the seed image again';

/** The paths that the seed cluster deleted from its /etc; throws on one that leads out of /etc. */
export const parseEtcDeletions = (text: string): string[] => {
  const paths = text.split('\n').filter((line) => line !== '');
  for (const path of paths)
    if (!/^\/etc\/./.test(path) || path.split('/').includes('..'))
      throw new HostError(`The seed wants ${JSON.stringify(path)} deleted, which is not in /etc`, BAD);
  return paths;
};

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

/** Deletes the paths from a deployment's /etc. One that was never there is an error; one that a cut-off attempt deleted is not. */
export const deleteFromEtc = async (deployment: string, paths: readonly string[]): Promise<void> => {
  const etc = await realpath(join(deployment, 'etc'));
  for (const path of paths) {
    const parent = await realpath(join(deployment, dirname(path))).catch(() => undefined);
    if (parent !== undefined && parent !== etc && !parent.startsWith(`${etc}/`))
      throw new HostError(`The seed wants ${path} deleted, which leads out of /etc by a link`, BAD);
    const there = parent !== undefined && (await exists(join(parent, basename(path))));
    if (there) await rm(join(parent, basename(path)), { recursive: true });
    // The release's own copy of /etc tells what was there before the first attempt.
    else if (!(await exists(join(deployment, 'usr', path)))) throw new HostError(`The seed wants ${path} deleted, which is not there`, BAD);
  }
};
