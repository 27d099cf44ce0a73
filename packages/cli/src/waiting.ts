import { type ExitCode, exitCodes } from './exit-codes.ts';
import { Interrupted } from './interruption.ts';
import type { Invocation } from './invocation.ts';
import type { Reporter } from './progress/reporter.ts';
import type { Waiting } from './watch-object.ts';

/** Waits as long as the user wants: until Ctrl-C or the time-out; faults of the connection are told once until they change. */
export const waitingOf = ({ interrupted }: Invocation, timeoutSeconds: number | undefined, reporter: Pick<Reporter, 'note'>): Waiting => {
  let told = '';
  return {
    signal: timeoutSeconds === undefined ? interrupted : AbortSignal.any([interrupted, AbortSignal.timeout(timeoutSeconds * 1000)]),
    onFault: (error) => {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== told) reporter.note(`connection lost, trying again: ${message}`);
      told = message;
    },
  };
};

/** How waiting ended before what was waited for: by the user, by the clock, or not at all. */
const leftBy = (error: unknown, { signal }: Waiting): 'interrupted' | 'timeout' | undefined => {
  const { reason } = signal;
  if (!signal.aborted || (error !== reason && !(error instanceof Error && ['AbortError', 'TimeoutError'].includes(error.name))))
    return undefined;
  return reason instanceof Interrupted ? 'interrupted' : 'timeout';
};

/**
 * Does waiting work; when it is left, says so and how to come back, with the exit code for it. `standsIn`: this command runs the controllers when no operator does; `remark` says
 * otherwise what becomes of it meanwhile.
 */
export const unlessLeft = async (
  invocation: Invocation,
  waiting: Waiting,
  comeBack: string,
  work: () => Promise<ExitCode>,
  { standsIn = true, remark }: { standsIn?: boolean; remark?: string } = {},
): Promise<ExitCode> => {
  try {
    return await work();
  } catch (error) {
    const left = leftBy(error, waiting);
    if (left === undefined) throw error;
    const { err } = invocation.terminal;
    err(left === 'timeout' ? 'still running, stopped watching: the time-out has passed' : 'detached: what was begun is not undone');
    err(remark ?? `while no operator runs, it stands still${standsIn ? ' until you come back' : ''}`);
    err(`come back with: ${comeBack}`);
    return left === 'timeout' ? exitCodes.timedOut : exitCodes.interrupted;
  }
};
