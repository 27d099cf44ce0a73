import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadImage } from '../node/images.ts';
import { step, toStandardError } from '../progress.ts';
import type { Command } from './run.ts';

/** Imports an OCI archive on the nodes of a set, of all its clusters or of those named. */
export const load: Command = async ({ words: [archive, ...clusters], set }) => {
  if (!archive) throw new Error('Name the image to load: godwit-dev load IMAGE.tar');
  if (!existsSync(archive))
    throw new Error(`There is no file ${archive}; an OCI archive is wanted, such as "skopeo copy ... oci-archive:IMAGE.tar" writes`);
  await step(toStandardError, `Loading ${archive}`, () => loadImage(set, resolve(archive), clusters.length > 0 ? clusters : undefined));
};
