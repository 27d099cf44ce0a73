import { exitCodes } from './exit-codes.ts';
import { Failure } from './failure.ts';

/** A failure for what cannot be meant: exit code 2. */
export const usage = (what: string, why: string, next: string): Failure =>
  new Failure(what, { reason: 'Usage', why, next, exitCode: exitCodes.usage });

/** The value of a flag that has to be given. */
export const required = (flag: string, value: string | undefined, { why, next }: { why: string; next: string }): string => {
  if (value) return value;
  throw usage(`${flag} is missing`, why, next);
};

/** A number that a flag must be; undefined when it is not given. */
export const countOf = (flag: string, value: string | undefined): number | undefined => {
  if (value === undefined) return undefined;
  if (/^\d{1,6}$/.test(value)) return Number(value);
  throw usage(`${flag} ${value} is not a count`, 'write a number from 0 on', `${flag} 2`);
};

/** One of a list of words that a flag must be. */
export const oneOf = <Word extends string>(flag: string, value: string, words: readonly Word[]): Word => {
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  throw usage(`${flag} ${value} is not known`, `it is one of ${words.join(', ')}`, `${flag} ${words[0]}`);
};
