import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Whether something failed because a file or folder is not there. */
export const isAbsent = (error: unknown): boolean => (error as { code?: string }).code === 'ENOENT';

/** The text of a file; undefined: there is none. */
export const readText = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });

/** Writes a file so that a crash leaves the old text or the new one, and that the new one survives a loss of power. */
export const writeText = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.new`;
  // Whatever lies there, a link for instance, is not written through.
  await rm(fresh, { recursive: true, force: true });
  const file = await open(fresh, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, path);
};

/** Removes files and folders; absent ones are success. */
export const remove = async (...paths: readonly string[]): Promise<void> => {
  for (const path of paths) await rm(path, { recursive: true, force: true });
};
