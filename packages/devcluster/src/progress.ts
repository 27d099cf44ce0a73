import { styleText } from 'node:util';

/** Where a long job says what it does; one line each, without its end. */
export type Progress = (line: string) => void;

/** Says nothing. */
export const silent: Progress = () => {};

/** Writes to standard error, so that what a command prints can still be piped. */
export const toStandardError: Progress = (line) => {
  process.stderr.write(`${line}\n`);
};

/** Time since a moment, as people read it: 3.2 s, or 2 min 05 s. */
export const elapsed = (milliseconds: number): string => {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`;
};

const HEARTBEAT_MILLISECONDS = 15_000;

/** Announces a step, repeats itself every 15 s while it lasts, and says how long it took. */
export const step = async <T>(progress: Progress, title: string, work: () => Promise<T>): Promise<T> => {
  const begin = Date.now();
  progress(`${styleText('dim', '…')} ${title}`);
  const heartbeat = setInterval(
    () => progress(`${styleText('dim', '…')} ${title}: still at it after ${elapsed(Date.now() - begin)}`),
    HEARTBEAT_MILLISECONDS,
  );
  heartbeat.unref();
  try {
    const result = await work();
    progress(`${styleText('green', '✓')} ${title} (${elapsed(Date.now() - begin)})`);
    return result;
  } finally {
    clearInterval(heartbeat);
  }
};
