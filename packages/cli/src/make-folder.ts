import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Creates a folder and those above it, readable for nobody else; one that exists is left as it is.
 * Not by `recursive`, which tries for ever where a file system refuses new folders with ENOENT, as /proc does.
 */
export const makeFolder = (path: string): void => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found === undefined) makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
};
