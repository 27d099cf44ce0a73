import { readFileSync } from 'node:fs';

/** A process for certain: its number alone may be given to a stranger after it ends. `startTime` is in clock ticks since boot. */
export type ProcessIdentity = { pid: number; startTime: string };

/** Reads state and start time out of the text of /proc/PID/stat; the command in it may contain spaces and brackets. */
export const parseStat = (text: string): { state: string; startTime: string } => {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', startTime: fields[19] ?? '' };
};

/** Names the process that has this number now; undefined when there is none, or only a zombie. */
export const identify = (pid: number): ProcessIdentity | undefined => {
  try {
    const { state, startTime } = parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return state === 'Z' || state === 'X' ? undefined : { pid, startTime };
  } catch {
    return undefined;
  }
};

/** Whether this very process still runs; a stranger under the same number counts as ended. */
export const isAlive = ({ pid, startTime }: ProcessIdentity): boolean => identify(pid)?.startTime === startTime;

/** The process that runs this code. */
export const thisProcess = (): ProcessIdentity => {
  const self = identify(process.pid);
  if (!self) throw new Error('/proc is not mounted, so processes cannot be told apart. Run: mount -t proc proc /proc');
  return self;
};
