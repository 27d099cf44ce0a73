import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stat } from '../store.ts';
import { isAbsent } from './faults.ts';

/** Name prefix of files that are still being written; a listing never shows them. */
export const PARTIAL = '.godwit-partial-';

const sortName = (entry: Dirent): string => (entry.isDirectory() ? `${entry.name}/` : entry.name);
const byKey = (a: Dirent, b: Dirent): number => Buffer.compare(Buffer.from(sortName(a)), Buffer.from(sortName(b)));

/** The files and folders in a folder, in the order of their keys (byte order, as buckets have it); none when it is absent. */
export const entriesOf = async (folder: string): Promise<Dirent[]> => {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => (entry.isFile() && !entry.name.startsWith(PARTIAL)) || entry.isDirectory()).sort(byKey);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
};

const mayHold = (key: string, prefix: string): boolean => key.startsWith(prefix) || prefix.startsWith(key);

/** Every file below a folder whose key starts with the prefix, in the order of the keys. Links are not followed. */
export async function* walk(root: string, prefix: string, below = ''): AsyncGenerator<Stat> {
  for (const entry of await entriesOf(join(root, below))) {
    const key = `${below}${sortName(entry)}`;
    if (!mayHold(key, prefix)) continue;
    if (entry.isDirectory()) yield* walk(root, prefix, key);
    else if (key.startsWith(prefix)) {
      const facts = await stat(join(root, key));
      yield { key, bytes: facts.size, modified: facts.mtime };
    }
  }
}
