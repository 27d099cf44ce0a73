import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Run } from '../host/run.ts';
import { FAITHFUL } from './image/archive.ts';

const CHUNK = 1 << 20;

/** A file without its compression. The library of Node.js needs about half the time of `gzip -d`, which `tar xzf` would start. */
const gunzipped = (path: string): Readable =>
  pipeline(createReadStream(path, { highWaterMark: CHUNK }), createGunzip({ chunkSize: CHUNK }), () => {}); // its reader hears of it

/** An archive of a seed, where it goes, and all that is taken of it, with what is below; omitted: everything. */
export type Unpacking = { readonly archive: string; readonly folder: string; readonly member?: string };

/** Unpacks an archive of a seed into a folder that is there, with owners, labels and attributes. */
export const unpackArchive = async (run: Run, { archive, folder, member }: Unpacking, signal: AbortSignal): Promise<void> => {
  const members = member === undefined ? [] : [member];
  await run(['tar', 'xf', '-', ...FAITHFUL, '-C', folder, ...members], { input: gunzipped(archive), signal });
};
