import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { type Extract, extract } from 'tar-stream';
import type { HostDriver } from '../host/driver.ts';
import { HostError } from '../host/host-error.ts';
import type { SeedImage } from './inspect.ts';
import { leavingSpace } from './leave-space.ts';
import { layerPath } from './pull.ts';

/** The files that make a seed; whatever else its image holds is left there. */
export const SEED_FILES = {
  repository: 'ostree.tgz',
  var: 'var.tgz',
  etc: 'etc.tgz',
  etcDeletions: 'etc.deletions',
  status: 'rpm-ostree.json',
  machineConfig: 'mco-currentconfig.json',
  images: 'containers.list',
  info: 'manifest.json',
} as const;

const KNOWN = new Set<string>(Object.values(SEED_FILES));
const ORIGIN = /^ostree-[0-9a-f]{64}\.\d+\.origin$/;

const GZIP = [0x1f, 0x8b];
const ZSTANDARD = [0x28, 0xb5, 0x2f, 0xfd];

const beginsWith = (bytes: Buffer, magic: readonly number[]): boolean => magic.every((byte, index) => bytes[index] === byte);

const decompressorOf = async (path: string): Promise<Transform> => {
  const file = await open(path);
  const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0).finally(() => file.close());
  if (beginsWith(buffer, GZIP)) return createGunzip();
  return beginsWith(buffer, ZSTANDARD) ? createZstdDecompress() : new PassThrough();
};

/** The name of an entry without a leading `./`; throws when it points out of the image. */
const safeName = (name: string): string => {
  const parts = name.replace(/\/$/, '').split('/');
  if (name.startsWith('/') || parts.includes('..'))
    throw new HostError(`The seed image holds a file with the hostile name ${JSON.stringify(name)}`, 'Do not use this image');
  return parts.filter((part) => part !== '.').join('/');
};

/** The folder that a seed's files go to, and the host whose disk it lies on. */
export type SeedUnpacking = { readonly into: string; readonly host: Pick<HostDriver, 'freeSpace'> };

type Entry = Extract extends AsyncIterable<infer Each> ? Each : never;

const take = async (entry: Entry, { into, host }: SeedUnpacking): Promise<void> => {
  const name = safeName(entry.header.name);
  const wanted = KNOWN.has(name) || ORIGIN.test(name);
  if (wanted && entry.header.type !== 'file')
    throw new HostError(`${name} in the seed image is a ${entry.header.type}, not a file`, 'Do not use this image');
  if (wanted) await pipeline(entry, leavingSpace(host, into), createWriteStream(join(into, name), { mode: 0o600, flush: true }));
  else entry.resume();
};

const takeAll = async (tar: Extract, unpacking: SeedUnpacking): Promise<void> => {
  for await (const entry of tar) await take(entry, unpacking);
};

const unpackLayer = async (path: string, unpacking: SeedUnpacking, signal?: AbortSignal): Promise<void> => {
  const tar = extract();
  const reading = pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), await decompressorOf(path), tar, { signal });
  const both = [reading, takeAll(tar, unpacking)];
  try {
    await Promise.all(both);
  } finally {
    // Nothing writes any more when it has failed.
    await Promise.allSettled(both);
  }
};

/**
 * Takes a seed's files out of its verified layers into a folder, which is there afterwards with all of them, or not at all, also after a power
 * cut. Throws before the disk is full.
 */
export const unpackSeed = async (
  image: string,
  { layers }: SeedImage,
  { into, host }: SeedUnpacking,
  signal?: AbortSignal,
): Promise<void> => {
  const partial = `${into}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  try {
    for (const layer of layers) await unpackLayer(layerPath(image, layer), { into: partial, host }, signal);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
  await rm(into, { recursive: true, force: true });
  await rename(partial, into);
};
