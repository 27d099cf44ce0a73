import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder, sourceHash } from '../binaries/source.ts';
import { buildBinaryImage } from '../images/binary-image.ts';
import { PAUSE_IMAGE } from './containerd.ts';

/** Returns the archive of the image that holds a pod's namespaces; writes it first when the cache does not hold it. */
export const pauseImage = async (binary: string): Promise<string> => {
  const archive = join(cacheFolder(), 'images', `pause-${sourceHash([binary, PAUSE_IMAGE])}.tar`);
  if (existsSync(archive)) return archive;
  mkdirSync(dirname(archive), { recursive: true });
  return buildBinaryImage({ name: PAUSE_IMAGE, binary, path: '/pause', archive });
};
