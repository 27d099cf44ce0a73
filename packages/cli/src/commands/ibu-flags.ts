import type { Flag } from '../command.ts';

/** Flags of commands that ask for a stage. */
export const stageFlags: readonly Flag[] = [
  ['--no-wait', 'does not wait for the outcome'],
  ['--timeout <time>', 'how long to wait, for instance 1h; default: until it has ended'],
  ['--dry-run', 'only has the API server judge the request; nothing is stored'],
];

/** The flag of commands that ask before they act. */
export const yesFlag: Flag = ['-y, --yes', 'does not ask; needed without a terminal'];
