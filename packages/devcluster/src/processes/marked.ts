import { readdirSync, readFileSync } from 'node:fs';
import { identify, type ProcessIdentity } from './identity.ts';

/** The variable that every process of a set carries in its environment; children inherit it, so a crash of ours hides none of them. */
const MARK = 'GODWIT_DEV_SET';

/** The environment that marks a process as belonging to the set in this folder. */
export const markOf = (folder: string): Record<string, string> => ({ [MARK]: folder });

const environmentOf = (pid: string): string[] => {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
};

/** Every running process that carries the mark of the set in this folder; finds what no state file could record any more. */
export const markedProcesses = (folder: string): ProcessIdentity[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid && environmentOf(name).includes(`${MARK}=${folder}`))
    .map((name) => identify(Number(name)))
    .filter((identity) => identity !== undefined);
