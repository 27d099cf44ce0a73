import { readFileSync } from 'node:fs';
import { Failure } from './failure.ts';

/** The bytes of a file that a flag names, `-` being standard input; throws a failure that names flag and file. */
export const bytesOf = (flag: string, path: string): Buffer => {
  try {
    return readFileSync(path === '-' ? 0 : path);
  } catch (error) {
    throw new Failure(`${flag} ${path} cannot be read`, {
      reason: 'FileUnreadable',
      why: (error as NodeJS.ErrnoException).code ?? String(error),
      next: 'ls -l, and the command with the right path',
    });
  }
};

/** The text of a file that a flag names. */
export const textOf = (flag: string, path: string): string => bytesOf(flag, path).toString('utf8');
