import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isAbsent, isTaken } from './faults.ts';
import { PARTIAL } from './walk.ts';

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
};

/** Not by `recursive`, which tries for ever where folders are refused with ENOENT, as in /proc, and calls every other refusal ENOENT. */
const makeFolder = async (path: string): Promise<void> => {
  const make = () => mkdir(path, { mode: 0o700 });
  try {
    await make();
  } catch (error) {
    if (isTaken(error)) return;
    if (!isAbsent(error)) throw error;
    await makeFolder(dirname(path));
    await make().catch((again: unknown) => {
      if (!isTaken(again)) throw again;
    });
  }
};

const publish = async (partial: string, path: string, ifAbsent: boolean): Promise<boolean> => {
  if (!ifAbsent) {
    await rename(partial, path);
    return true;
  }
  try {
    await link(partial, path);
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
};

/** Writes a file, readable for its owner only, so that a reader sees all of it or none, also after a power cut: beside it, synced, then renamed. */
export const writeFileAtomically = async (
  path: string,
  body: Readable,
  { ifAbsent = false, signal }: { ifAbsent?: boolean | undefined; signal?: AbortSignal | undefined },
): Promise<{ stored: boolean; bytes: number }> => {
  await makeFolder(dirname(path));
  const partial = join(dirname(path), `${PARTIAL}${randomUUID()}-${basename(path)}`.slice(0, 250));
  try {
    const file = createWriteStream(partial, { flags: 'wx', flush: true, mode: 0o600 });
    await pipeline(body, file, signal ? { signal } : {});
    const stored = await publish(partial, path, ifAbsent);
    await syncFolder(dirname(path));
    return { stored, bytes: file.bytesWritten };
  } finally {
    await rm(partial, { force: true });
  }
};
