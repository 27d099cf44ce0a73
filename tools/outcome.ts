import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What a run of one kind of tests came to. A failure is what failed and where, with its first lines. */
export type Outcome = { readonly passed: number; readonly failed: number; readonly skipped: number; readonly failures: readonly string[] };

const NOTHING: Outcome = { passed: 0, failed: 0, skipped: 0, failures: [] };

const fileOf = (kind: string): string => `build/tests/${kind}.json`;

/** Keeps the outcome of a kind of tests for the summary. */
export const keepOutcome = (kind: string, outcome: Outcome): void => {
  mkdirSync(dirname(fileOf(kind)), { recursive: true });
  writeFileSync(fileOf(kind), JSON.stringify(outcome, undefined, 2));
};

/** Removes the outcome of an earlier run, so that it is not taken for that of the run to come. */
export const forgetOutcome = (kind: string): void => rmSync(fileOf(kind), { force: true });

const readOutcome = (kind: string): Outcome => {
  try {
    return JSON.parse(readFileSync(fileOf(kind), 'utf8')) as Outcome;
  } catch {
    return NOTHING;
  }
};

/** How a program ended: with an exit code or by a signal, and the last it said on standard error. */
export type End = { readonly end: number | string; readonly lastWords: string };

/** What a kind of tests came to. When its program ended badly and nothing is known to have failed, its last words are what failed. */
export const outcomeOf = (kind: string, { end, lastWords }: End): Outcome => {
  const outcome = readOutcome(kind);
  if (end === 0 || outcome.failures.length > 0) return outcome;
  return { ...outcome, failures: [`${kind} tests ended with ${end}, and no test failed\n    ${lastWords}`] };
};
