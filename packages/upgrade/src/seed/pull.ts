import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { explained, HostError } from '../host/host-error.ts';
import type { Run } from '../host/run.ts';
import { type RegistryAccess, registryFlags } from './access.ts';
import type { Layer, SeedImage } from './inspect.ts';
import { skopeo } from './skopeo.ts';

/** Told now and then how many bytes of how many are done; the first number never falls. */
type BytesProgress = (done: number, total: number) => void;

const LOOK_MILLISECONDS = 500;

const sizeOf = async (path: string): Promise<number> => (await stat(path).catch(() => undefined))?.size ?? 0;

const bytesIn = async (folder: string): Promise<number> => {
  const names = await readdir(folder).catch(() => []);
  return (await Promise.all(names.map((name) => sizeOf(join(folder, name))))).reduce((sum, size) => sum + size, 0);
};

/** skopeo says nothing while it copies; what has arrived is what lies in the folder. */
const watching = async <T>(folder: string, total: number, progress: BytesProgress, work: Promise<T>): Promise<T> => {
  let most = 0;
  const timer = setInterval(async () => {
    most = Math.max(most, Math.min(total, await bytesIn(folder)));
    progress(most, total);
  }, LOOK_MILLISECONDS);
  return work.finally(() => clearInterval(timer));
};

/** Where a pulled image keeps a layer. */
export const layerPath = (folder: string, { digest }: Layer): string => join(folder, digest.replace('sha256:', ''));

/** Whether every layer of the seed lies in the folder, by name and size. */
export const isPulled = async (folder: string, { layers }: SeedImage): Promise<boolean> => {
  const sizes = await Promise.all(layers.map((layer) => sizeOf(layerPath(folder, layer))));
  return layers.every(({ size }, index) => sizes[index] === size);
};

/** How a seed is pulled: from where, to which folder on this machine, and who is told. */
export type SeedPull = {
  readonly seed: SeedImage;
  readonly folder: string;
  readonly access: RegistryAccess;
  readonly run: Run;
  readonly progress?: BytesProgress;
  readonly signal?: AbortSignal;
};

/** Pulls a seed by its digest, each layer as it travels into a file named by its digest. What an earlier attempt left is replaced. */
export const pullSeed = async ({ seed, folder, access, run, progress = () => {}, signal }: SeedPull): Promise<void> => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const copy = ['copy', '--quiet', ...registryFlags(access, 'src-'), `docker://${seed.reference}`, `dir:${folder}`];
  await explained(`The seed image ${seed.reference} cannot be pulled`, 'Check the registry and the free space, and start Prep again', () =>
    watching(folder, seed.bytes, progress, skopeo(run, access, copy, signal)),
  );
  progress(seed.bytes, seed.bytes);
};

const digestOfFile = async (path: string, signal?: AbortSignal): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) hash.update(chunk);
  return `sha256:${hash.digest('hex')}`;
};

/** Reads every layer once and throws when one is not what the registry's manifest promised. Nothing of a seed is unpacked before. */
export const verifyLayers = async (folder: string, { image, layers }: SeedImage, signal?: AbortSignal): Promise<void> => {
  for (const layer of layers) {
    const found = await digestOfFile(layerPath(folder, layer), signal);
    if (found !== layer.digest)
      throw new HostError(
        `A layer of the seed image ${image} was altered: it is ${found} instead of ${layer.digest}`,
        'Set the stage to Idle, then to Prep, to pull it again',
      );
  }
};
