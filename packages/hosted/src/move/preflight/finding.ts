import type { PreflightFacts } from './facts.ts';

/** One thing that must hold before the move; `problem` says why it does not, and what to do. */
export type Finding = { name: string; result: string; problem?: string };

/** Judges one thing. Pure. */
export type Check = (facts: PreflightFacts) => Finding;

/** Judges one thing of several that are told as one; undefined: nothing speaks against it. Pure. */
export type Objection = (facts: PreflightFacts) => Finding | undefined;

/** What was looked at is as it must be. */
export const ok = (name: string, result: string): Finding => ({ name, result });

/** The fault of what was looked at. */
export const bad = (name: string, problem: string): Finding => ({ name, result: problem, problem });
