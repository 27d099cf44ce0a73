import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { withLock } from '../host/lock.ts';
import { type Progress, step } from '../progress.ts';

const removeTree = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** Fills a cache folder once: works in a folder beside it and moves that into place, so that a folder that exists is complete. */
export const buildInto = async (
  folder: string,
  title: string,
  progress: Progress,
  build: (draft: string) => Promise<void>,
): Promise<string> => {
  if (existsSync(folder)) return folder;
  const work = async (): Promise<void> => {
    if (existsSync(folder)) return;
    // Always the same place: the next build clears away what a killed one has left.
    const draft = `${folder}.draft`;
    removeTree(draft);
    mkdirSync(draft, { recursive: true });
    progress(`Building into ${folder}`);
    await step(progress, title, () => build(draft));
    renameSync(draft, folder);
  };
  await withLock(`${folder}.lock`, work, progress);
  return folder;
};
