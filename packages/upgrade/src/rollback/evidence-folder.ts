import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { remove } from '../carried/files.ts';

/** A rollback that is tried again and again must not fill the disk with what it says each time. */
const MOST_BUNDLES = 3;

const namesIn = async (folder: string, ending: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith(ending)).sort();

/** Removes what bundling has left that was killed. */
export const forgetDrafts = async (folder: string): Promise<void> =>
  remove(...(await namesIn(folder, '.partial')).map((name) => join(folder, name)));

/** Removes all bundles but the newest three; their names begin with their time. */
export const forgetOldest = async (folder: string): Promise<void> =>
  remove(...(await namesIn(folder, '.tar.gz')).slice(0, -MOST_BUNDLES).map((name) => join(folder, name)));
