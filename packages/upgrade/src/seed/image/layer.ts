import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Pack, pack } from 'tar-stream';
import type { Layer } from '../inspect.ts';

const FIXED = { mtime: new Date(0), uid: 0, gid: 0, mode: 0o644 };

const fill = async (tar: Pack, folder: string): Promise<void> => {
  for (const name of (await readdir(folder)).sort()) {
    const path = join(folder, name);
    const { size } = await stat(path);
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), tar.entry({ ...FIXED, name, size }));
  }
  tar.finalize();
};

/** Writes the files of a folder as one uncompressed layer; the same files make the same bytes. */
export const writeLayer = async (folder: string, path: string): Promise<Layer> => {
  const hash = createHash('sha256');
  let size = 0;
  const counted = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  const tar = pack();
  await Promise.all([pipeline(tar, counted, createWriteStream(path)), fill(tar, folder)]);
  return { digest: `sha256:${hash.digest('hex')}`, size };
};
