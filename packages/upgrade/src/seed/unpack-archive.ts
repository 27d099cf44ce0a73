import type { HostDriver } from '../host/driver.ts';
import { HostError } from '../host/host-error.ts';
import type { Run } from '../host/run.ts';
import { gunzipped } from './gunzipped.ts';
import { FAITHFUL } from './image/archive.ts';
import { leavingSpace } from './leave-space.ts';

/** An archive of a seed, where it goes, and all that is taken of it, with what is below; omitted: everything. */
export type Unpacking = { readonly archive: string; readonly folder: string; readonly member?: string };

/** What unpacks an archive, and where. */
type Means = { readonly run: Run; readonly host: Pick<HostDriver, 'freeSpace'> };

/**
 * Unpacks an archive of a seed into a folder that is there, with owners, labels and attributes, and returns only when all of it is what a
 * power cut would leave. Throws before the disk is full.
 */
export const unpackArchive = async ({ run, host }: Means, { archive, folder, member }: Unpacking, signal: AbortSignal): Promise<void> => {
  const members = member === undefined ? [] : [member];
  const space = leavingSpace(host, folder);
  const unpacking = run(['tar', 'xf', '-', ...FAITHFUL, '-C', folder, ...members], { input: gunzipped(archive, space), signal });
  await unpacking.catch((error: unknown) => {
    throw space.errored instanceof HostError ? space.errored : error;
  });
  await run(['sync', '--file-system', folder], { signal });
};
