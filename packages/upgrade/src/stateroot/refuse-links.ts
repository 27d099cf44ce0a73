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

const statusOf = (path: string) =>
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
