import { createReadStream, createWriteStream, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';
import { writeOciArchive } from './oci-archive.ts';

/** An image that holds one statically linked program; `path` is its place in the image, default the root folder. */
export type BinaryImage = { name: string; binary: string; path?: string; arguments?: readonly string[]; archive: string };

const writeLayer = async (binary: string, path: string, layer: string): Promise<void> => {
  const tar = pack();
  const entry = tar.entry({ name: path.slice(1), mode: 0o755, size: statSync(binary).size, mtime: new Date(0), uid: 0, gid: 0 });
  const filled = pipeline(createReadStream(binary), entry).then(() => tar.finalize());
  await Promise.all([pipeline(tar, createWriteStream(layer)), filled]);
};

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
    await writeLayer(binary, path, layer);
    await writeOciArchive({ archive: draft, name, layer, config: { Entrypoint: [path, ...args] } });
    renameSync(draft, archive);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return archive;
};
