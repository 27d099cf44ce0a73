import { copyFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readText } from '../carried/files.ts';
import { agentFiles } from '../carried/paths.ts';
import type { SeedWorld } from './world.ts';

/** A file that was saved as JSON and holds something else; the message names it. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

/** What was saved in a file; undefined: it is not there. Throws an UnreadableFile when it holds no JSON. */
export const readSaved = async <T>(path: string): Promise<T | undefined> => {
  const text = await readText(path);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new UnreadableFile(`${path} was damaged and cannot be read`);
  }
};

/** What was saved in a file; undefined also when it cannot be read: that is told, and a copy of it is kept for a person. */
export const readOrSetAside = async <T>({ host, log }: Pick<SeedWorld, 'host' | 'log'>, path: string): Promise<T | undefined> => {
  try {
    return await readSaved<T>(path);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const copy = join(host.root || '/', agentFiles.folder, `${basename(path)}.unreadable`);
    await copyFile(path, copy);
    log.error({ err: error, copy }, 'what was saved cannot be put back into the cluster');
    return undefined;
  }
};
