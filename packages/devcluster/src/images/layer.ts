import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type Pack, pack } from 'tar-stream';

/** One thing in a layer: a file of this machine, a text, or a symbolic link. Paths are absolute, as the container sees them. */
export type LayerEntry = { path: string; file: string } | { path: string; text: string; mode: number } | { path: string; link: string };

const FIXED = { mtime: new Date(0), uid: 0, gid: 0 };

const add = async (tar: Pack, entry: LayerEntry): Promise<void> => {
  const header = { ...FIXED, name: entry.path.slice(1) };
  if ('file' in entry) {
    await pipeline(
      createReadStream(entry.file, { highWaterMark: 1 << 20 }),
      tar.entry({ ...header, mode: 0o755, size: statSync(entry.file).size }),
    );
  } else if ('link' in entry) {
    tar.entry({ ...header, type: 'symlink', linkname: entry.link });
  } else {
    tar.entry({ ...header, mode: entry.mode }, entry.text);
  }
};

const fill = async (tar: Pack, entries: readonly LayerEntry[]): Promise<void> => {
  for (const entry of entries) await add(tar, entry);
  tar.finalize();
};

/** Writes a layer as an uncompressed tar; files become executable and belong to root, and the same entries make the same bytes. */
export const writeLayer = async (path: string, entries: readonly LayerEntry[]): Promise<void> => {
  const tar = pack();
  await Promise.all([pipeline(tar, createWriteStream(path)), fill(tar, entries)]);
};
