import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isAbsent } from '../carried/files.ts';
import { agentFiles } from '../carried/paths.ts';
import { handedOver } from '../first-boot/places.ts';
import { HostError } from '../host/host-error.ts';
import { carriedFolders } from '../upgrade/export/carried-folders.ts';

const { configuration, ...handedOverFolders } = handedOver;

/** Folders of a stateroot that are written to while another release runs. */
const WRITTEN: readonly string[] = [
  agentFiles.folder,
  dirname(configuration),
  ...Object.values(handedOverFolders),
  ...Object.values(carriedFolders),
];

/** A path and all that lead to it, the shortest first. */
const wayTo = (path: string): string[] => {
  const names = path.split('/').filter((name) => name !== '');
  return names.map((_, index) => `/${names.slice(0, index + 1).join('/')}`);
};

const statusOf = (path: string | Buffer) =>
  lstat(path).catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });

/**
 * Throws when a seed has put anything but a folder where its stateroot is written to: seen from the release that runs now, a link there leads
 * into that release.
 */
export const refuseLinks = async (stateroot: string): Promise<void> => {
  for (const path of new Set(WRITTEN.flatMap(wayTo))) {
    const found = await statusOf(join(stateroot, path));
    if (found !== undefined && !found.isDirectory())
      throw new HostError(
        `The seed’s ${path} is ${found.isSymbolicLink() ? 'a symbolic link' : 'a file'}, where the upgrade needs a folder`,
        'Set the stage to Idle, and make the seed image again without it',
      );
  }
};

/** Folders on the way to files, each once, the shortest first; byte by byte, as names of files are. */
const foldersTo = (names: readonly Buffer[]): Set<string> => {
  const folders = new Set<string>();
  for (const name of names) {
    const parts = name.toString('latin1').split('/').slice(0, -1);
    for (const index of parts.keys()) folders.add(parts.slice(0, index + 1).join('/'));
  }
  return folders;
};

/**
 * Throws when what is about to be unpacked into a folder would go through a link that is in it already, as a release or an earlier seed may
 * have brought one: it could lead into the release that runs now.
 */
export const refuseThroughLinks = async (folder: string, names: readonly Buffer[]): Promise<void> => {
  for (const path of foldersTo(names)) {
    const found = await statusOf(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(path, 'latin1')]));
    if (found?.isSymbolicLink())
      throw new HostError(
        `The seed brings files that would be unpacked through ${JSON.stringify(path)}, which is a symbolic link`,
        'Set the stage to Idle, and make the seed image again',
      );
  }
};
