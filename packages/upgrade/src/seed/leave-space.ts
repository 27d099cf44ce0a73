import { Transform } from 'node:stream';
import type { HostDriver } from '../host/driver.ts';
import { gigabytes } from '../host/gigabytes.ts';
import { HostError } from '../host/host-error.ts';

/** Bytes that unpacking a seed leaves free, for the release that runs: its etcd must go on writing. */
const RESERVE = 1e9;

/** After how many bytes the free space is looked at again; many small files take several times their size. */
const EVERY = 64 * 2 ** 20;

/** Passes on what is unpacked into a folder, and breaks off before the file system is full: how much comes out of an archive, nobody knows. */
export const leavingSpace = ({ freeSpace }: Pick<HostDriver, 'freeSpace'>, folder: string): Transform => {
  let unlooked = EVERY;
  const look = async (): Promise<void> => {
    unlooked = 0;
    const { free } = await freeSpace(folder);
    if (free < RESERVE)
      throw new HostError(
        `The seed image cannot be unpacked: ${folder} has ${gigabytes(free)} free, and ${gigabytes(RESERVE)} are left to the release that runs`,
        'Free some space, set the stage to Idle, then to Prep',
      );
  };
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      unlooked += chunk.length;
      const looked = unlooked > EVERY ? look() : Promise.resolve();
      looked.then(() => done(null, chunk), done);
    },
  });
};
