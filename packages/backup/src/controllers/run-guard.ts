import type { Context } from './options.ts';

const TERMINAL = ['FailedValidation', 'Completed', 'PartiallyFailed', 'Failed'];
const OURS = ['', 'New', 'InProgress'];

/** Whether a phase is an end. */
export const isTerminal = (phase: string | undefined): boolean => TERMINAL.includes(phase ?? '');

/** Whether this engine works on objects in this phase; unknown ones belong to others. */
export const isWorkable = (phase: string | undefined): boolean => OURS.includes(phase ?? '');

/** The error's message, with what caused it where that says more. */
export const reasonOf = (error: unknown): string => {
  const { message, cause } = error as Error;
  return cause instanceof Error && !message.includes(cause.message) ? `${message}: ${cause.message}` : message;
};

/** Whether a run ended because the process is stopping: then the object stays InProgress, and the next start takes it up. */
export const isShutdown = ({ runs }: Context, signal: AbortSignal): boolean => signal.aborted && !runs.wasCanceled(signal);
