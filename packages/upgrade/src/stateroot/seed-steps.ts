import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HostError } from '../host/host-error.ts';
import { known, type Step } from '../journal/step.ts';
import { readSeedContents } from '../seed/contents.ts';
import { inspectSeed } from '../seed/inspect.ts';
import { isPulled, pullSeed, verifyLayers } from '../seed/pull.ts';
import { byDigest } from '../seed/reference.ts';
import { spaceProblem } from '../seed/space.ts';
import { SEED_FILES, unpackSeed } from '../seed/unpack.ts';
import { unpackArchive } from '../seed/unpack-archive.ts';
import { type StaterootFacts, type StaterootWorld, workOf } from './world.ts';

type SeedStep = Step<StaterootWorld, StaterootFacts>;

const REMOVED = 'Its folder is removed with the workspace.';
const NOTHING = 'There is nothing to take back.';

const resolveSeed: SeedStep = {
  name: 'resolve-seed',
  does: 'The seed image is resolved to its digest, which all pulls go by.',
  undo: NOTHING,
  timeoutSeconds: 300,
  run: async ({ request: { image, digest }, access, run }, _facts, { signal }) => ({
    seed: await inspectSeed(digest === undefined ? image : byDigest(image, digest), access, run, signal),
  }),
};

const checkSpace: SeedStep = {
  name: 'check-space',
  does: 'The space that the seed takes is compared with the space that is free.',
  undo: NOTHING,
  timeoutSeconds: 60,
  run: async (world, facts) => {
    const { work, image, seed } = workOf(world);
    // What an interrupted attempt has brought takes its share already.
    if (existsSync(image) || existsSync(seed)) return undefined;
    await mkdir(work, { recursive: true, mode: 0o700 });
    const { free } = await world.host.freeSpace(work);
    const problem = spaceProblem(known(facts, 'seed').bytes, free, '/var/lib/lca');
    if (problem !== undefined) throw new HostError(problem, 'Free some space, set the stage to Idle, then to Prep');
    return undefined;
  },
};

const pull: SeedStep = {
  name: 'pull-seed',
  does: 'The seed image is pulled by its digest.',
  undo: REMOVED,
  timeoutSeconds: 3600,
  attempts: 3,
  holds: async (world, facts) => existsSync(workOf(world).seed) || isPulled(workOf(world).image, known(facts, 'seed')),
  run: async (world, facts, { signal, bytes }) => {
    const seed = known(facts, 'seed');
    const { image, seed: unpacked } = workOf(world);
    // It came out of another image.
    await rm(unpacked, { recursive: true, force: true });
    if (!(await isPulled(image, seed))) await pullSeed({ ...world, seed, folder: image, progress: bytes, signal });
    return undefined;
  },
};

const unpack: SeedStep = {
  name: 'unpack-seed',
  does: 'Every layer is read and compared with its digest; then the files of the seed are taken out.',
  undo: REMOVED,
  timeoutSeconds: 1800,
  holds: async (world) => existsSync(workOf(world).seed),
  run: async (world, facts, { signal }) => {
    const { image, seed } = workOf(world);
    // Where it is there, all of it is: a kill came while the image was removed.
    if (!existsSync(seed)) {
      await verifyLayers(image, known(facts, 'seed'), signal);
      await unpackSeed(image, known(facts, 'seed'), { into: seed, host: world.host }, signal);
    }
    // Twice the same gigabytes are not needed from here on.
    await rm(image, { recursive: true, force: true });
    return undefined;
  },
};

const checkSeed: SeedStep = {
  name: 'check-seed',
  does: 'The seed is read: its version is the one that was asked for, and it names the commit to deploy and its kernel arguments.',
  undo: NOTHING,
  timeoutSeconds: 60,
  run: async (world) => ({ contents: await readSeedContents(workOf(world).seed, world.request.version) }),
};

const unpackRepository: SeedStep = {
  name: 'unpack-repository',
  does: 'The repository of the seed is unpacked beside it.',
  undo: REMOVED,
  timeoutSeconds: 1800,
  holds: async (world) => existsSync(workOf(world).repository),
  run: async (world, _facts, { signal }) => {
    const { repository, seed } = workOf(world);
    const partial = `${repository}.partial`;
    for (const folder of [partial, repository]) await rm(folder, { recursive: true, force: true });
    await mkdir(partial, { recursive: true, mode: 0o700 });
    await unpackArchive(world, { archive: join(seed, SEED_FILES.repository), folder: partial }, signal).catch(async (error: unknown) => {
      await rm(partial, { recursive: true, force: true });
      throw error;
    });
    await rename(partial, repository);
    return undefined;
  },
};

/** From the name of an image to files that may be trusted. */
export const seedSteps: readonly SeedStep[] = [resolveSeed, checkSpace, pull, unpack, checkSeed, unpackRepository];
