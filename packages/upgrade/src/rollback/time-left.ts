import { join } from 'node:path';
import { readText, writeText } from '../carried/files.ts';

/** How long an upgrade may still take, as the monitor last knew it. Kept on disk, for the clock of a machine that has just started may lie. */
export type TimeLeft = {
  /** The deadline that this is about; that of another pivot has all of its time. Undefined: none was set. */
  readonly deadline: string | undefined;
  /** The boot in which this was written, and for how many seconds it had run. */
  readonly boot: string;
  readonly uptime: number;
  /** Seconds. */
  readonly left: number;
};

/** Where it lies below a root whose /var is a stateroot's. A file of its own: writing the settings might arm again what was just disarmed. */
export const timeLeftPath = (root: string): string => join(root, 'var/lib/lca/autorollback_left.json');

const parsed = (text: string): TimeLeft | undefined => {
  try {
    return JSON.parse(text) as TimeLeft;
  } catch {
    return undefined;
  }
};

/** Reads it; undefined: it was never written, or nobody can read it. */
export const readTimeLeft = async (root: string): Promise<TimeLeft | undefined> => parsed((await readText(timeLeftPath(root))) ?? '');

/** Writes it. */
export const saveTimeLeft = (root: string, timeLeft: TimeLeft): Promise<void> =>
  writeText(timeLeftPath(root), `${JSON.stringify(timeLeft)}\n`);
