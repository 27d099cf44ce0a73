import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { writeLayer } from './layer.ts';
import { writeOciArchive } from './oci-archive.ts';

/** An image that holds one statically linked program; `path` is its place in the image, default the root folder. */
export type BinaryImage = { name: string; binary: string; path?: string; arguments?: readonly string[]; archive: string };

/** Writes the OCI archive of a one-program image and returns the archive's path; a file of that name is replaced at the end, as a whole. */
export const buildBinaryImage = async ({
  name,
  binary,
  path = `/${basename(binary)}`,
  arguments: args = [],
  archive,
}: BinaryImage): Promise<string> => {
  const folder = mkdtempSync(join(dirname(archive), '.draft-'));
  const [layer, draft] = [join(folder, 'layer.tar'), join(folder, 'image.tar')];
  try {
    await writeLayer(layer, [{ path, file: binary }]);
    await writeOciArchive({ archive: draft, name, layer, config: { Entrypoint: [path, ...args] } });
    renameSync(draft, archive);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return archive;
};
