/** What the process tells its caller; the same for every command. */
export const exitCodes = {
  /** Done, or nothing had to change. */
  done: 0,
  /** The command could not do its work: server not reached, object missing, forbidden. */
  error: 1,
  /** Unknown flag, bad value, contradicting flags. */
  usage: 2,
  /** The run finished without reaching its goal: failed, or canceled by someone else. */
  goalMissed: 3,
  /** The run finished with warnings. */
  warnings: 4,
  /** Waiting timed out; the run goes on. */
  timedOut: 5,
  /** A guard refused: critical finding, action not allowed now, confirmation missing. */
  refused: 6,
  /** Interrupted by the user; the run goes on. */
  interrupted: 130,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The table of exit codes as `godwit --help` ends with it. */
export const exitCodeHelp = `Exit codes:
  0    done, or nothing had to change
  1    error: the command could not do its work (server not reached, object missing, forbidden)
  2    usage: unknown flag, bad value, contradicting flags
  3    the run finished without reaching its goal (failed, or canceled by someone else)
  4    the run finished with warnings
  5    timed out while waiting; the run goes on
  6    refused by a guard (critical finding, action not allowed now, confirmation missing)
  130  interrupted by the user; the run goes on`;
