import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gigabytes } from '../host/gigabytes.ts';
import { bootedOf } from './booted.ts';
import { seedPlaces } from './places.ts';
import type { SeedStep } from './world.ts';

/** Why the free space does not do; archives and image are each at most half of what they are made of. */
const seedSpaceProblem = (bytes: number, free: number, folder: string): string | undefined =>
  free >= bytes
    ? undefined
    : `not enough space to make a seed: it takes up to ${gigabytes(bytes)}, and ${folder} has ${gigabytes(free)} free`;

/** Sums the last line of what `du --total` prints. Pure. */
const totalOf = (text: string): number => Number(/^(\d+)\ttotal$/m.exec(text)?.[1] ?? 0);

/** Everybody may write to /var/tmp: a folder or link that somebody has put there is not taken for ours. */
const ownFolder = async (path: string): Promise<void> => {
  await rm(path, { recursive: true, force: true });
  await mkdir(dirname(path), { recursive: true });
  await mkdir(path, { mode: 0o700 });
};

/** Refuses to begin what would fill the disk. */
export const checkSpace: SeedStep = {
  name: 'check-space',
  does: 'The size of the system is compared with the space that is free.',
  undo: 'There is nothing to take back.',
  timeoutSeconds: 600,
  attempts: 2,
  run: async (world) => {
    const { host, run } = world;
    const { work } = seedPlaces(host);
    const booted = await bootedOf(world);
    const folders = [host.deploymentPath(booted), join(host.staterootPath(booted.stateroot), 'var')];
    await ownFolder(work);
    const bytes = totalOf(await run(['du', '--summarize', '--total', '--block-size=1', '--exclude=containers', ...folders]));
    const problem = seedSpaceProblem(bytes, (await host.freeSpace(work)).free, work);
    if (problem !== undefined) throw new Error(problem);
    return undefined;
  },
};
