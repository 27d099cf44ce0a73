import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

const usage = (flag: string, value: string, why: string): Failure =>
  new Failure(`invalid pausedUntil value: ${flag} ${value}`, {
    reason: 'Usage',
    why,
    next: `${flag} true, or ${flag} 2030-01-31T18:00:00Z`,
    exitCode: exitCodes.usage,
  });

/** Reads how long something is paused: true, or a date in RFC 3339; undefined when nothing is said. Throws a usage failure for other text. */
export const pausedUntilOf = (flag: string, value: string | undefined): string | undefined => {
  if (value === undefined || value === '') return undefined;
  if (value === 'true') return value;
  if (RFC_3339.test(value) && !Number.isNaN(Date.parse(value))) return value;
  throw usage(flag, value, 'it must be true, or a date in RFC 3339');
};

/** Like `pausedUntilOf`, for a pause that begins now: a date that is over would pause nothing. */
export const futureUntilOf = (flag: string, value: string, now: Date): string => {
  const until = pausedUntilOf(flag, value) ?? 'true';
  if (until !== 'true' && Date.parse(until) <= now.getTime()) throw usage(flag, value, 'the date is over, so nothing would be paused');
  return until;
};
