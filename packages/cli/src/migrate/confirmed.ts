import { confirm, isCancel } from '@clack/prompts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { Invocation } from '../invocation.ts';

/** What is to be confirmed; `what` is the failure's sentence when it is not. */
export type Confirmation = { assumeYes: boolean; question: string; what: string };

const refusal = (what: string, why: string): Failure =>
  new Failure(what, { reason: 'ConfirmationMissing', why, next: 'the command with --yes', exitCode: exitCodes.refused });

/** Goes on when the user agrees; without a terminal only the flag --yes agrees. */
export const confirmed = async ({ terminal, interrupted }: Invocation, { assumeYes, question, what }: Confirmation): Promise<void> => {
  if (assumeYes) return;
  if (!terminal.interactive) throw refusal(what, 'there is no terminal to ask on, and --yes was not given');
  const answer = await confirm({ message: question, output: process.stderr, signal: interrupted });
  if (isCancel(answer)) interrupted.throwIfAborted();
  if (answer !== true) throw refusal(what, 'you did not agree');
};
