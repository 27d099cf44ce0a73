import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const filesIn = (path: string): Promise<string[]> =>
  readdir(path, { recursive: true }).then(
    (names) => names.map((name) => join(path, name)),
    () => [path],
  );

/** Bytes of a file, or of everything in a folder; undefined: it is not there. What goes meanwhile counts nothing. */
const sizeOf = async (path: string): Promise<number | undefined> => {
  if ((await lstat(path).catch(() => undefined)) === undefined) return undefined;
  let bytes = 0;
  for (const file of await filesIn(path)) bytes += (await lstat(file).catch(() => undefined))?.size ?? 0;
  return bytes;
};

/** Those of the places below a root that are there and fit, one after the other, into so many bytes. */
export const fitting = async (root: string, places: readonly string[], room: number): Promise<string[]> => {
  const found: string[] = [];
  let left = room;
  for (const place of places) {
    const size = await sizeOf(join(root, place));
    if (size === undefined || size > left) continue;
    found.push(place);
    left -= size;
  }
  return found;
};
