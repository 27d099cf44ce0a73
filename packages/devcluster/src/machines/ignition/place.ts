import { lstatSync, mkdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { BootstrapRefused } from './refused.ts';

const LOCAL = '/usr/local';

/** Where /usr/local of a machine lies in its root; /usr itself is the host's and read-only. */
export const LOCAL_FOLDER = '/var/usrlocal';

/** What is mounted, or leads into what is mounted, when the machine runs: a file put there now would never be seen. */
const COVERED = ['usr', 'bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32', 'proc', 'sys', 'dev', 'run'];

/** The parts of an absolute path of a machine as they lie in its root folder; refuses what the machine would not see. */
export const partsOf = (path: string): string[] => {
  if (!path.startsWith('/') || path.includes('\0') || path.split('/').includes('..'))
    throw new BootstrapRefused(`${JSON.stringify(path)} is refused: Ignition wants absolute paths without ".."`);
  const plain = posix.normalize(path).replace(/\/+$/, '');
  const moved = plain === LOCAL || plain.startsWith(`${LOCAL}/`) ? `${LOCAL_FOLDER}${plain.slice(LOCAL.length)}` : plain;
  const parts = moved.split('/').slice(1);
  const [first] = parts;
  if (first === undefined || first === '') throw new BootstrapRefused('The root folder itself cannot be changed');
  if (COVERED.includes(first)) throw new BootstrapRefused(`${path} is refused: /${first} of a local machine cannot be written`);
  return parts;
};

const statOf = (path: string) => lstatSync(path, { throwIfNoEntry: false });

/**
 * Finds the place of a machine's path on the host and makes the folders above it. A symbolic link on the way is refused: seen from the host it could
 * lead out of the machine.
 */
export const placeIn = (root: string, path: string): string => {
  const parts = partsOf(path);
  let folder = root;
  for (const part of parts.slice(0, -1)) {
    folder = join(folder, part);
    const found = statOf(folder);
    if (found && !found.isDirectory()) throw new BootstrapRefused(`${path} is refused: /${part} on its way is not a directory`);
    if (!found) mkdirSync(folder, { mode: 0o755 });
  }
  return join(folder, parts.at(-1) ?? '');
};
