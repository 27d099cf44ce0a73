import { gigabytes } from '../host/gigabytes.ts';

/** What installing a seed takes, per byte that travels: the image, what is unpacked of it, and the release in the repository. */
const SPACE_FACTOR = 2.2;

/** Bytes that must be free before a seed of this transfer size is pulled. */
export const spaceForSeed = (bytes: number): number => Math.ceil(bytes * SPACE_FACTOR);

/** Why the free space does not do for the seed, or undefined when it does. */
export const spaceProblem = (bytes: number, free: number, folder: string): string | undefined =>
  free >= spaceForSeed(bytes)
    ? undefined
    : `not enough space for the seed image: it takes ${gigabytes(spaceForSeed(bytes))} (its size ${gigabytes(bytes)} × ${SPACE_FACTOR}), and ${folder} has ${gigabytes(free)} free`;
