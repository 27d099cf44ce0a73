import { createHash } from 'node:crypto';
import { PassThrough, type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { extract } from 'tar-stream';
import { type Descriptor, damaged } from './manifest.ts';

const LARGEST_FILE_BYTES = 16 * 1024 * 1024;

const decompressor = (mediaType: string): NodeJS.ReadWriteStream => {
  if (mediaType.endsWith('gzip')) return createGunzip();
  return mediaType.endsWith('zstd') ? createZstdDecompress() : new PassThrough();
};

const withoutDot = (path: string): string => path.replace(/^(\.?\/)+/, '');

const collect = async (entry: AsyncIterable<Uint8Array>): Promise<string> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of entry) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

const gather = async (tar: AsyncIterable<Entry>, wanted: readonly string[], found: Map<string, string>): Promise<void> => {
  for await (const entry of tar) {
    const path = withoutDot(entry.header.name);
    if (wanted.includes(path) && (entry.header.size ?? 0) <= LARGEST_FILE_BYTES) found.set(path, await collect(entry));
    else entry.resume();
  }
};

type Entry = Readable & { header: { name: string; size?: number } };

/** Reads files of up to 16 MiB out of a layer while it streams by; returns those that are there, and only when the whole layer was what its digest says. */
export const readFromLayer = async (
  body: Readable,
  { mediaType, digest }: Descriptor,
  wanted: readonly string[],
): Promise<Map<string, string>> => {
  const hash = createHash('sha256');
  const hashed = new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const found = new Map<string, string>();
  const tar = extract();
  const reading = gather(tar as unknown as AsyncIterable<Entry>, wanted, found);
  try {
    await Promise.all([pipeline(body, hashed, decompressor(mediaType), tar), reading]);
  } catch (error) {
    // A damaged layer breaks the decompressor or the tar before its digest can be compared.
    if (body.errored) throw body.errored;
    throw Object.assign(damaged(digest), { cause: error });
  }
  if (`sha256:${hash.digest('hex')}` !== digest) throw damaged(digest);
  return found;
};
