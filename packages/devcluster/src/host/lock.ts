import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, type ProcessIdentity, thisProcess } from '../processes/identity.ts';
import { type Progress, silent } from '../progress.ts';

let tickets = 0;

const holderOf = (path: string): ProcessIdentity | undefined => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
};

const take = (path: string): boolean => {
  const ticket = `${path}.${process.pid}.${tickets++}`;
  writeFileSync(ticket, JSON.stringify(thisProcess()));
  try {
    linkSync(ticket, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(ticket, { force: true });
  }
};

/** Takes a dead holder's lock away. It is moved aside first: if a living process was quicker, that one gets it back. */
const breakStale = (path: string): void => {
  const aside = `${path}.${process.pid}.${tickets++}`;
  try {
    renameSync(path, aside);
    const holder = holderOf(aside);
    if (holder && isAlive(holder)) linkSync(aside, path);
    unlinkSync(aside);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
};

/** Does the work while no other process holds the lock file; a lock whose holder has died is taken over. */
export const withLock = async <T>(path: string, work: () => Promise<T>, progress: Progress = silent): Promise<T> => {
  mkdirSync(dirname(path), { recursive: true });
  let announced = false;
  while (!take(path)) {
    const holder = holderOf(path);
    if (holder && !isAlive(holder)) breakStale(path);
    else {
      if (holder && !announced) progress(`Waiting for process ${holder.pid}, which holds ${path}`);
      announced = true;
      await sleep(100);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
};
