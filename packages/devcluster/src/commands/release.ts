import { toStandardError } from '../progress.ts';
import { pushReleases } from '../release/push.ts';
import type { Command } from './run.ts';

/** Builds the release images, pushes them to the registry of the set, and prints their names. */
export const release: Command = async ({ words: [verb], set }) => {
  if (verb !== 'push') throw new Error('Say what to do with the releases: godwit-dev release push');
  const images = await pushReleases(set, toStandardError);
  for (const [version, image] of Object.entries(images)) console.log(`${version}\t${image}`);
};
