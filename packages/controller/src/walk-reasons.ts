import { isApiError, isTransient } from '@godwit/kube';
import type { Said } from './verdict.ts';

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Refusals that an API server also gives while it starts: credentials, roles and kinds are not loaded yet. */
const MAY_BE_STARTING = new Set([401, 403, 404]);

/** Attempts in a phase after which such a refusal is believed, unless they came faster than PATIENT_SECONDS: every change that wakes a round is one. */
const PATIENT_ATTEMPTS = 8;

/** Seconds in a phase before such a refusal is believed. */
const PATIENT_SECONDS = 60;

/** How long a phase has been tried. */
export type Tried = { attempts: number; seconds: number };

const isPatienceOver = ({ attempts, seconds }: Tried): boolean => attempts >= PATIENT_ATTEMPTS && seconds >= PATIENT_SECONDS;

/** Whether an error is the end of a walk's phase: a refusal of the server which no waiting cures. Everything else is tried again. */
export const isPermanent = (error: unknown, tried: Tried): boolean =>
  isApiError(error) && !isTransient(error) && (!MAY_BE_STARTING.has(error.status) || isPatienceOver(tried));

/** Whether the round was told to stop, which says nothing about the phase. */
export const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

/** A phase met an error that may pass. */
export const retrying = (phase: string, error: unknown): Said => ({
  reason: 'Retrying',
  message: `${phase} is tried again: ${textOf(error)}`,
  parameters: { phase, error: textOf(error) },
});

/** A phase was refused for good. */
export const refused = (phase: string, error: unknown): Said => ({
  reason: `${phase}Failed`,
  message: `${phase} failed: ${textOf(error)}`,
  parameters: { phase, error: textOf(error) },
});

/** A phase has waited longer than it may; `last` is what it waited for. */
export const deadlineExceeded = (phase: string, seconds: number, last: Said): Said => ({
  reason: `${phase}DeadlineExceeded`,
  message: `${phase} did not end within ${seconds} seconds. At last: ${last.message}`,
  parameters: { phase, seconds, last: last.message },
  ...(last.progress === undefined ? {} : { progress: last.progress }),
});

/** The walk was told to stop before this phase. */
export const heldBefore = (phase: string): Said => ({
  reason: 'Held',
  message: `Stopped before ${phase}. Remove ${phase} from the annotation godwit.io/hold-before to go on`,
  parameters: { phase },
});
