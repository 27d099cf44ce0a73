import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { known } from '../journal/step.ts';
import { seedLabels } from '../seed/image/labels.ts';
import { architectureHere, writeSeedLayout } from '../seed/image/layout.ts';
import { pushSeed } from '../seed/image/push.ts';
import { SEED_FILES } from '../seed/unpack.ts';
import { seedPlaces } from './places.ts';
import type { SeedStep } from './world.ts';

const requireAll = async (files: string): Promise<number> => {
  const names = await readdir(files);
  const missing = Object.values(SEED_FILES).filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Error(`${files} lacks ${missing.join(', ')}. Delete the SeedGenerator and create it again`);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(files, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
};

const writeImage: SeedStep = {
  name: 'write-image',
  does: 'The files become an image with the labels of a seed.',
  undo: 'The image is removed with its folder.',
  timeoutSeconds: 1800,
  run: async ({ host }, facts) => {
    const { files, layout } = seedPlaces(host);
    const bytes = await requireAll(files);
    await rm(layout, { recursive: true, force: true });
    const labels = seedLabels(known(facts, 'info'));
    return { bytes, digest: await writeSeedLayout({ files, labels, architecture: architectureHere(), layout }) };
  },
};

const pushImage: SeedStep = {
  name: 'push-image',
  does: 'The image is pushed to the registry that the request names.',
  undo: 'Nothing is taken back: a seed is of use to others.',
  timeoutSeconds: 3600,
  attempts: 2,
  run: async ({ host, access, run, request }, _facts, { signal }) => {
    const { layout, credentials } = seedPlaces(host);
    await pushSeed(layout, request.spec?.seedImage ?? '', { ...access(host), authFile: credentials }, run, signal);
    return undefined;
  },
};

/** From archives to an image in a registry; in order. */
export const imageSteps: readonly SeedStep[] = [writeImage, pushImage];
