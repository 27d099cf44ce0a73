import { type ExitCode, exitCodes } from './exit-codes.ts';

/** What went wrong, why, and what to do next; secrets are never part of it. */
export type FailureFacts = { reason: string; why: string; next?: string; exitCode?: ExitCode };

/** A command that could not do what it was asked for; printed as one line. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly reason: string;
  readonly why: string;
  readonly next: string | undefined;
  readonly exitCode: ExitCode;
  constructor(what: string, { reason, why, next, exitCode = exitCodes.error }: FailureFacts) {
    super(what);
    this.reason = reason;
    this.why = why;
    this.next = next;
    this.exitCode = exitCode;
  }
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ').trim();
const withoutStop = (text: string): string => oneLine(text).replace(/[.;]+$/, '');

/** The line that a user sees: `error: what (Reason): why; try: next command`. */
export const failureLine = ({ message, reason, why, next }: Failure): string =>
  `error: ${oneLine(message)} (${reason}): ${withoutStop(why)}${next === undefined ? '' : `; try: ${oneLine(next)}`}`;
