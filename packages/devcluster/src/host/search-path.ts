import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** The search path of this process, with the folders of system programs that `su` and some users lack. */
export const searchPath = (env: NodeJS.ProcessEnv = process.env): string =>
  [
    ...new Set([
      ...(env.PATH ?? '').split(':').filter((folder) => folder !== ''),
      '/usr/local/sbin',
      '/usr/sbin',
      '/sbin',
      '/usr/bin',
      '/bin',
    ]),
  ].join(':');

/** Whether a file exists; a name without a folder is looked for on the search path. */
export const isPresent = (file: string): boolean =>
  isAbsolute(file)
    ? existsSync(file)
    : searchPath()
        .split(':')
        .some((folder) => existsSync(join(folder, file)));
