/** Why an rsync client ended without success, and what follows from it. */
export type Failure = {
  kind: 'vanished' | 'network' | 'full' | 'refused' | 'unreadable' | 'other';
  /** Whether another attempt may help. */
  again: boolean;
  /** The lines of the log that say what happened; never the whole log. */
  said: string;
};

const NETWORK_CODES = new Set([10, 12, 30, 35]);
const FULL = /No space left on device|Disk quota exceeded/i;
const REFUSED = /@ERROR: (auth failed|access denied|Unknown module|invalid (uid|gid)|chroot failed|setgroups failed)/i;
const NO_ANSWER = /did not see server greeting|s_connect|Connection refused|timed out|No route to host|certificate verify failed/i;
const UNREADABLE = /Permission denied|Operation not permitted/i;
const STAMP = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[\d+\] /;
const NOISE =
  /^(Total|Number of|File list|Literal|Matched|sent |sending |building |total size|godwit:)|TIMEOUTclose exceeded|\(xfr#|^[\d.]+[KMG]? +\d+% /;

const kindOf = (exitCode: number | undefined, log: string): Failure['kind'] => {
  if (FULL.test(log)) return 'full';
  if (exitCode === 24) return 'vanished';
  if (REFUSED.test(log)) return 'refused';
  if (NETWORK_CODES.has(exitCode ?? -1)) return 'network';
  if (exitCode === 5 && NO_ANSWER.test(log)) return 'network';
  return exitCode === 23 && UNREADABLE.test(log) ? 'unreadable' : 'other';
};

const LINES = 5;

/** The lines of a log that speak of errors, else its last ones. */
export const tellingLines = (log: string): string => {
  const lines = log.split(/[\r\n]+/).map((line) => line.trim());
  // rsync writes every message twice: to its log, with the time before it, and to standard error.
  const plain = lines.map((line) => line.replace(STAMP, ''));
  const useful = [...new Set(plain)].filter((line) => line !== '' && !NOISE.test(line));
  const errors = useful.filter((line) => /rsync|error|failed|denied|LOG3/i.test(line));
  return (errors.length > 0 ? errors : useful).slice(-LINES).join('; ');
};

/** Judges how an rsync client ended, by its exit code and the end of its log. */
export const failureOf = (exitCode: number | undefined, log: string): Failure => {
  const kind = kindOf(exitCode, log);
  return { kind, again: kind !== 'full' && kind !== 'unreadable', said: tellingLines(log) };
};

const BACKOFF = { firstSeconds: 0.5, factor: 2, limitSeconds: 60 };

/** Seconds to wait after a failed attempt (counted from 1): 0.5, 1, 2, … 60; files that vanished are tried again at once. */
export const pauseAfter = (attempt: number, kind: Failure['kind']): number =>
  kind === 'vanished' ? 0 : Math.min(BACKOFF.limitSeconds, BACKOFF.firstSeconds * BACKOFF.factor ** (attempt - 1));

/** How a client is reported in its progress object. */
export type ReportedClient = {
  phase: string | undefined;
  exitCode: number | undefined;
  elapsedSeconds: number | undefined;
  log: string;
};

/** Whether every client failed after what rounds to twenty seconds: upstream's sign of a connection that timed out. */
export const allTimedOut = (clients: readonly ReportedClient[]): boolean =>
  clients.length > 0 &&
  clients.every(({ phase, elapsedSeconds }) => phase === 'Failed' && elapsedSeconds !== undefined && Math.round(elapsedSeconds) === 20);

/** Whether every client failed within five seconds because there was no way to the server. */
export const allWithoutRoute = (clients: readonly ReportedClient[]): boolean =>
  clients.length > 0 &&
  clients.every(
    ({ exitCode, elapsedSeconds, log }) =>
      exitCode === 10 && elapsedSeconds !== undefined && elapsedSeconds <= 5 && log.includes('No route to host'),
  );
