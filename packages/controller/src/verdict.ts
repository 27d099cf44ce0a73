import type { Effect, Progress } from './effect.ts';

/** What is to be said of a step: a code with parameters, the English sentence, and the numbers. */
export type Said = {
  reason: string;
  message: string;
  parameters?: Record<string, string | number>;
  progress?: Progress;
};

/** How long to wait at most before looking again, for instance `5s` or `10m`; a change wakes earlier. */
export type Delay = `${number}s` | `${number}m`;

/** Fields for the status, for instance what effects are to be taken back by: they are there before the effects happen. */
export type Notes = Readonly<Record<string, unknown>>;

/** The judgement of a phase. */
export type Verdict = { notes?: Notes } & (
  | { outcome: 'advance'; said: Said; effects: readonly Effect[] }
  | { outcome: 'wait'; said: Said; effects: readonly Effect[]; after: Delay }
  | { outcome: 'fail'; said: Said; effects: readonly Effect[] }
);

/** The phase is done: carry out the effects and go on. */
export const advance = (said: Said, effects: readonly Effect[] = []): Verdict => ({ outcome: 'advance', said, effects });

/** Not yet: carry out the effects, come back when something changes, at the latest after the delay (default 60s, a backstop). */
export const wait = (said: Said, effects: readonly Effect[] = [], after: Delay = '60s'): Verdict => ({
  outcome: 'wait',
  said,
  effects,
  after,
});

/** It cannot be done: carry out the effects, then walk the failure pipeline. */
export const fail = (said: Said, effects: readonly Effect[] = []): Verdict => ({ outcome: 'fail', said, effects });

/** Has these fields written into the status before the effects of the verdict happen. */
export const noting = (notes: Notes, verdict: Verdict): Verdict => ({ ...verdict, notes });

/** Declares a reason: a CamelCase code and the sentence it makes of its parameters. */
export const reason =
  <P extends Record<string, string | number> = Record<string, never>>(code: string, sentence: (parameters: P) => string) =>
  (...[parameters]: Record<string, never> extends P ? [parameters?: P] : [parameters: P]): Said => ({
    reason: code,
    message: sentence((parameters ?? {}) as P),
    ...(parameters === undefined ? {} : { parameters }),
  });
